package dev.vextrus.finance.period;

import java.time.YearMonth;

/** The month takes no more entries. */
public record PeriodClosed(YearMonth period) implements PeriodEvent {}
