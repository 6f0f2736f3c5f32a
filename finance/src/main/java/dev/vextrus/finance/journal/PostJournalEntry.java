package dev.vextrus.finance.journal;

import dev.vextrus.finance.command.Role;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Posts an entry.
 *
 * @param entry its id; null: one is minted
 * @param reference a number or name on the paper behind it, may be empty
 * @param memo what it is for, may be empty
 * @param lines 2 to 1000
 * @param metadata anything else to be kept with it, at most 50 keys
 */
public record PostJournalEntry(
        @Nullable JournalEntryId entry,
        LocalDate date,
        String reference,
        String memo,
        List<Posting> lines,
        Map<String, String> metadata)
        implements JournalCommand {

    public PostJournalEntry {
        lines = List.copyOf(lines);
        metadata = Map.copyOf(metadata);
    }

    @Override
    public Set<Role> allowedRoles() {
        return Role.BOOKKEEPERS;
    }
}
