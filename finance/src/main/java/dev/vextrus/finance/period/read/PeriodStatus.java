package dev.vextrus.finance.period.read;

/** Whether entries may be dated in a period. */
public enum PeriodStatus {
    OPEN,
    CLOSED
}
