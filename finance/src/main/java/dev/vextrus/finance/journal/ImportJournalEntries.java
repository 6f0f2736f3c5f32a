package dev.vextrus.finance.journal;

import dev.vextrus.finance.command.Role;
import java.util.List;
import java.util.Set;

/**
 * Posts a chunk of entries of an import, wholly or not at all.
 *
 * @param source names the import, such as its file's digest
 * @param entries 1 to {@value #MAX_ENTRIES}, each with an id of its own
 */
public record ImportJournalEntries(String source, List<PostJournalEntry> entries) implements JournalCommand {
    public static final int MAX_ENTRIES = 2000;

    public ImportJournalEntries {
        entries = List.copyOf(entries);
    }

    @Override
    public Set<Role> allowedRoles() {
        return Role.BOOKKEEPERS;
    }
}
