package dev.vextrus.proxy.counting;

/**
 * What the caller says makes requests one.
 *
 * @param oneRequest whether it stands for one request by contract, however often it is sent (an idempotency key); a correlation
 *     id should, but a client may send the same with everything it does
 */
public record RequestKey(String value, boolean oneRequest) {}
