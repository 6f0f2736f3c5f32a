package dev.vextrus.finance.period;

import java.time.YearMonth;

/** The month takes entries. */
public record PeriodOpened(YearMonth period) implements PeriodEvent {}
