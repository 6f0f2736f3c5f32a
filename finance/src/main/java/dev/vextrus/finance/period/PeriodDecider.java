package dev.vextrus.finance.period;

import dev.vextrus.finance.account.ChartFold;
import dev.vextrus.finance.command.Decider;
import dev.vextrus.finance.command.Decision;
import dev.vextrus.finance.command.Decision.Change;
import dev.vextrus.finance.command.Given;
import dev.vextrus.finance.command.Known;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.command.Texts;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Decides when months take entries. */
public final class PeriodDecider implements Decider<PeriodCommand> {
    /** Ten years in one command. */
    public static final int MAX_MONTHS = 120;

    @Override
    public Class<PeriodCommand> commands() {
        return PeriodCommand.class;
    }

    @Override
    public List<Ref<?>> needs(PeriodCommand command, Known known) {
        List<Ref<?>> needs = new ArrayList<>();
        needs.add(ChartFold.CHART);
        switch (command) {
            case OpenPeriods open -> {
                if (refuseRange(open) == null) {
                    months(open).forEach(month -> needs.add(PeriodFold.period(month)));
                }
            }
            case ClosePeriod close -> needs.add(PeriodFold.period(close.period()));
            case ReopenPeriod reopen -> needs.add(PeriodFold.period(reopen.period()));
        }
        return needs;
    }

    @Override
    public Decision decide(PeriodCommand command, Known known, Given given) {
        Refusal refusal = known.state(ChartFold.CHART).refuseIfMissing();
        if (refusal != null) {
            return new Decision.Refused(refusal);
        }
        return switch (command) {
            case OpenPeriods open -> open(open, known);
            case ClosePeriod(YearMonth month) -> close(month, known);
            case ReopenPeriod reopen -> reopen(reopen, known);
        };
    }

    private static Decision open(OpenPeriods open, Known known) {
        Refusal refusal = refuseRange(open);
        if (refusal != null) {
            return new Decision.Refused(refusal);
        }
        List<Change> changes = new ArrayList<>();
        for (YearMonth month : months(open)) {
            Ref<Period> period = PeriodFold.period(month);
            switch (known.state(period).status()) {
                case NOT_OPENED -> changes.add(Change.of(period, new PeriodOpened(month)));
                case OPEN -> {}
                case CLOSED -> {
                    return new Decision.Refused(
                            Rule.PERIOD_CLOSED,
                            "the period " + month + " is closed",
                            "first",
                            "reopen it with reopenPeriod, which takes a reason, or leave it out");
                }
            }
        }
        return changes.isEmpty()
                ? new Decision.Refused(Rule.PERIOD_OPEN, "the periods are open already", "first", "nothing to do")
                : new Decision.Accepted(
                        changes, List.of(), Map.of("period", open.first().toString()));
    }

    private static Decision close(YearMonth month, Known known) {
        Ref<Period> period = PeriodFold.period(month);
        return switch (known.state(period).status()) {
            case OPEN -> accept(period, new PeriodClosed(month));
            case CLOSED ->
                new Decision.Refused(
                        Rule.PERIOD_CLOSED, "the period " + month + " is closed already", "month", "nothing to do");
            case NOT_OPENED ->
                new Decision.Refused(
                        Rule.PERIOD_NOT_OPENED,
                        "the period " + month + " was never opened",
                        "month",
                        "nothing to do: what was never opened takes no entries");
        };
    }

    private static Decision reopen(ReopenPeriod reopen, Known known) {
        YearMonth month = reopen.period();
        Ref<Period> period = PeriodFold.period(month);
        Refusal reason = Texts.checkPresent("reason", reopen.reason(), Texts.MAX_MEMO);
        if (reason != null) {
            return new Decision.Refused(reason);
        }
        return switch (known.state(period).status()) {
            case CLOSED -> accept(period, new PeriodReopened(month, reopen.reason()));
            case NOT_OPENED ->
                new Decision.Refused(
                        Rule.PERIOD_NOT_OPENED,
                        "the period " + month + " was never opened",
                        "month",
                        "open it with openPeriods");
            case OPEN ->
                new Decision.Refused(
                        Rule.PERIOD_OPEN, "the period " + month + " is open already", "month", "nothing to do");
        };
    }

    private static Decision accept(Ref<Period> period, PeriodEvent event) {
        return new Decision.Accepted(
                List.of(Change.of(period, event)),
                List.of(),
                Map.of("period", event.period().toString()));
    }

    private static @Nullable Refusal refuseRange(OpenPeriods open) {
        long months = open.first().until(open.last(), ChronoUnit.MONTHS) + 1;
        return months >= 1 && months <= MAX_MONTHS
                ? null
                : new Refusal(
                        Rule.PERIOD_RANGE_INVALID,
                        open.first() + " to " + open.last() + " are " + months + " months",
                        "last",
                        "name 1 to " + MAX_MONTHS + " months, the first one first");
    }

    private static List<YearMonth> months(OpenPeriods open) {
        return LongStream.rangeClosed(0, open.first().until(open.last(), ChronoUnit.MONTHS))
                .mapToObj(open.first()::plusMonths)
                .toList();
    }
}
