package dev.vextrus.finance.payment.read;

/** Whether a payment counts. */
public enum PaymentStatus {
    RECEIVED,
    /** It bounced. */
    REVERSED
}
