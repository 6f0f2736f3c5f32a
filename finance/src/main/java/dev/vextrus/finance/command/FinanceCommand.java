package dev.vextrus.finance.command;

import java.util.Set;

/**
 * What somebody asks of the books. Each aggregate seals its own commands ({@code JournalCommand}, …); this root is open
 * only because Java seals within one package, and a folder per thing people talk about reads better.
 */
public interface FinanceCommand {

    /** Whoever has at least one of these roles may give this command. */
    Set<Role> allowedRoles();
}
