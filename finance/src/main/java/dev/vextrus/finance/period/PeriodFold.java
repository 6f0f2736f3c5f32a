package dev.vextrus.finance.period;

import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.command.Fold;
import dev.vextrus.finance.command.Ref;
import java.time.LocalDate;
import java.time.YearMonth;

/** One period, on a stream that its month names: whoever knows a date knows which period guards it. */
public final class PeriodFold implements Fold<Period> {
    private static final PeriodFold FOLD = new PeriodFold();

    public static Ref<Period> period(YearMonth month) {
        return FOLD.of(month.toString());
    }

    public static Ref<Period> of(LocalDate date) {
        return period(YearMonth.from(date));
    }

    @Override
    public String category() {
        return "period";
    }

    @Override
    public String version() {
        return "period-1";
    }

    @Override
    public Class<Period> stateType() {
        return Period.class;
    }

    @Override
    public Period initial() {
        return new Period(Period.Status.NOT_OPENED);
    }

    @Override
    public Period evolve(Period state, FinanceEvent event) {
        if (!(event instanceof PeriodEvent periodEvent)) {
            throw new IllegalStateException("period: " + event + " is none of its events");
        }
        return switch (periodEvent) {
            case PeriodOpened _, PeriodReopened _ -> new Period(Period.Status.OPEN);
            case PeriodClosed _ -> new Period(Period.Status.CLOSED);
        };
    }
}
