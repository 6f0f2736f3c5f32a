package dev.vextrus.finance.period;

import java.time.YearMonth;

/** The month takes entries again. */
public record PeriodReopened(YearMonth period, String reason) implements PeriodEvent {}
