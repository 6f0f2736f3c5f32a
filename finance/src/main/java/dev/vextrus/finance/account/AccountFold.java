package dev.vextrus.finance.account;

import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.command.Fold;
import dev.vextrus.finance.command.Ref;

/** One account, on a stream of its own that postings never touch. */
public final class AccountFold implements Fold<Account> {
    private static final AccountFold FOLD = new AccountFold();

    public static Ref<Account> account(AccountCode code) {
        return FOLD.of(code.value());
    }

    @Override
    public String category() {
        return "account";
    }

    @Override
    public String version() {
        return "account-1";
    }

    @Override
    public Class<Account> stateType() {
        return Account.class;
    }

    @Override
    public Account initial() {
        return new Account(null, null, false);
    }

    @Override
    public Account evolve(Account state, FinanceEvent event) {
        if (!(event instanceof AccountEvent accountEvent)) {
            throw new IllegalStateException("account: " + event + " is none of its events");
        }
        return switch (accountEvent) {
            case AccountOpened opened -> new Account(opened.type(), opened.currency(), true);
            case AccountDeactivated _ -> new Account(state.type(), state.currency(), false);
            case AccountReactivated _ -> new Account(state.type(), state.currency(), true);
        };
    }
}
