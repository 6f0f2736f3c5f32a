package dev.vextrus.finance.handling;

import dev.vextrus.finance.command.IdSource;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Version 7 UUIDs (RFC 9562, section 5.7): 48 bits of milliseconds, then 74 random bits. */
public final class TimeOrderedIds implements IdSource {
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param random must be hard to guess and safe for use by many threads, such as a {@code SecureRandom} */
    public TimeOrderedIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public UUID next() {
        long most = (clock.millis() << 16) | 0x7000L | (random.nextLong() & 0xFFFL);
        long least = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }
}
