package dev.vextrus.finance.period;

import dev.vextrus.finance.command.FinanceCommand;

/** What can be asked of accounting periods. */
public sealed interface PeriodCommand extends FinanceCommand permits OpenPeriods, ClosePeriod, ReopenPeriod {}
