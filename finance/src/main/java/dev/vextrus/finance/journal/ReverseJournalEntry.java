package dev.vextrus.finance.journal;

import dev.vextrus.finance.command.Role;
import java.time.LocalDate;
import java.util.Set;

/** Takes a posted entry back by posting its opposite on {@code date}. */
public record ReverseJournalEntry(JournalEntryId entry, LocalDate date, String memo) implements JournalCommand {

    @Override
    public Set<Role> allowedRoles() {
        return Role.BOOKKEEPERS;
    }
}
