package dev.vextrus.finance.projection;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Hashes of facts that can be added and taken away in any order (a multiset hash by addition: Bellare and Micciancio,
 * EUROCRYPT 1997, AdHash). It finds mistakes, not forgers: both releases are ours.
 */
public final class FactDigest {
    private static final int BYTES = 32;

    private FactDigest() {}

    /** A fact's share of the sum; zero for an amount of zero, which is no fact. */
    public static BigInteger of(String fact, BigDecimal minorUnits) {
        if (minorUnits.signum() == 0) {
            return BigInteger.ZERO;
        }
        String canonical = fact + "=" + minorUnits.toBigIntegerExact();
        return new BigInteger(1, sha256(canonical.getBytes(StandardCharsets.UTF_8)));
    }

    /** The sum modulo 2^256 as 32 bytes. */
    static byte[] toBytes(BigInteger sum) {
        byte[] shortest = sum.mod(BigInteger.TWO.pow(BYTES * 8)).toByteArray();
        byte[] bytes = new byte[BYTES];
        int length = Math.min(shortest.length, BYTES);
        System.arraycopy(shortest, shortest.length - length, bytes, BYTES - length, length);
        return bytes;
    }

    static BigInteger fromBytes(byte[] digest) {
        return new BigInteger(1, digest);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
