package dev.vextrus.finance.period.read;

import java.time.YearMonth;

/**
 * A period as it is shown.
 *
 * @param reason why it was opened again, else empty
 */
public record PeriodView(YearMonth period, PeriodStatus status, String reason) {}
