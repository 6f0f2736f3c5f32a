package dev.vextrus.finance.period;

import dev.vextrus.finance.command.FinanceEvent;
import java.time.YearMonth;

/** What happened to an accounting period. */
public sealed interface PeriodEvent extends FinanceEvent permits PeriodOpened, PeriodClosed, PeriodReopened {
    YearMonth period();
}
