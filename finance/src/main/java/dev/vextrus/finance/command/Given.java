package dev.vextrus.finance.command;

import java.time.Instant;
import java.util.UUID;

/**
 * What a decision is given from outside; recorded with the command, so that deciding again is exact.
 *
 * @param actor who gives the command
 * @param seed a version 7 UUID minted for this command, of which all its ids are made
 */
public record Given(Instant now, String actor, UUID seed) {
    private static final long STEP = 0x9E37_79B9_7F4A_7C15L;
    private static final long RANDOM_BITS = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /**
     * The command's id number {@code ordinal}; 0 is the seed itself. All keep the seed's time and 12 of its random bits,
     * so they sort by time; the other 62 are mixed (SplitMix64: Steele, Lea and Flood, OOPSLA 2014) from the seed's and the ordinal.
     */
    public UUID id(int ordinal) {
        if (ordinal == 0) {
            return seed;
        }
        long mixed = mix(seed.getLeastSignificantBits() + STEP * ordinal);
        return new UUID(seed.getMostSignificantBits(), (mixed & RANDOM_BITS) | VARIANT);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
