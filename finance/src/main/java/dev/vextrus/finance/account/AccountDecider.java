package dev.vextrus.finance.account;

import dev.vextrus.finance.command.Decider;
import dev.vextrus.finance.command.Decision;
import dev.vextrus.finance.command.Given;
import dev.vextrus.finance.command.Known;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.command.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of the chart of accounts. */
public final class AccountDecider implements Decider<AccountCommand> {

    @Override
    public Class<AccountCommand> commands() {
        return AccountCommand.class;
    }

    @Override
    public List<Ref<?>> needs(AccountCommand command, Known known) {
        List<Ref<?>> needs = new ArrayList<>();
        needs.add(ChartFold.CHART);
        needs.add(AccountFold.account(command.account()));
        if (command instanceof OpenAccount open && open.parent() != null) {
            needs.add(AccountFold.account(open.parent()));
        }
        return needs;
    }

    @Override
    public Decision decide(AccountCommand command, Known known, Given given) {
        ChartFold.Chart chart = known.state(ChartFold.CHART);
        Account account = known.state(AccountFold.account(command.account()));
        Refusal refusal = chart.refuseIfMissing();
        if (refusal == null) {
            refusal = switch (command) {
                case OpenAccount open -> refuseOpening(open, account, known);
                case DeactivateAccount _ -> refuseDeactivating(command.account(), account, chart);
                case ReactivateAccount _ -> refuseReactivating(command.account(), account);
            };
        }
        return refusal != null ? new Decision.Refused(refusal) : accept(command);
    }

    private static Decision accept(AccountCommand command) {
        List<Ref<?>> guards = new ArrayList<>();
        AccountEvent event = switch (command) {
            case OpenAccount open -> {
                if (open.parent() != null) {
                    guards.add(AccountFold.account(open.parent()));
                }
                yield new AccountOpened(open.account(), open.name(), open.type(), open.parent(), open.currency());
            }
            case DeactivateAccount _ -> new AccountDeactivated(command.account());
            case ReactivateAccount _ -> new AccountReactivated(command.account());
        };
        return new Decision.Accepted(
                List.of(Decision.Change.of(AccountFold.account(command.account()), event)),
                guards,
                Map.of("account", command.account().value()));
    }

    private static @Nullable Refusal refuseOpening(OpenAccount open, Account account, Known known) {
        if (account.exists()) {
            return new Refusal(
                    Rule.ACCOUNT_EXISTS,
                    "account " + open.account() + " exists already",
                    "account",
                    "use it, or open one under another code");
        }
        Refusal name = Texts.checkPresent("name", open.name(), Texts.MAX_LINE);
        AccountCode parent = open.parent();
        if (name != null || parent == null) {
            return name;
        }
        return known.state(AccountFold.account(parent)).refuseUnless(open.type(), parent, "parent");
    }

    private static @Nullable Refusal refuseDeactivating(AccountCode code, Account account, ChartFold.Chart chart) {
        if (!account.exists()) {
            return Account.unknown(code, "account");
        }
        if (chart.accounts().names(code)) {
            return new Refusal(
                    Rule.ACCOUNT_IN_USE_BY_TENANT,
                    "documents post to account " + code + " by themselves",
                    "account",
                    "keep it in use");
        }
        return account.active()
                ? null
                : new Refusal(
                        Rule.ACCOUNT_INACTIVE,
                        "account " + code + " is out of use already",
                        "account",
                        "nothing to do");
    }

    private static @Nullable Refusal refuseReactivating(AccountCode code, Account account) {
        if (!account.exists()) {
            return Account.unknown(code, "account");
        }
        return account.active()
                ? new Refusal(Rule.ACCOUNT_ACTIVE, "account " + code + " is in use already", "account", "nothing to do")
                : null;
    }
}
