package dev.vextrus.finance.handling;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps work that nobody waits for from taking a processor away from those who are waited for: after each piece it rests,
 * so that all pieces together take about a share of one processor, whoever asks for them and however often. A rest is
 * bounded, since a piece may have taken long only because it waited itself.
 */
final class Pace {
    private static final long LONGEST_REST = TimeUnit.MILLISECONDS.toNanos(15);

    private final int percent;
    private final LongSupplier nanos;
    private final ReentrantLock turn = new ReentrantLock();
    private long restsUntil;

    /**
     * @param percent of one processor, 1 to 100
     * @param nanos a clock that never goes back
     */
    Pace(int percent, LongSupplier nanos) {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("percent: " + percent + " is not between 1 and 100");
        }
        this.percent = percent;
        this.nanos = nanos;
        this.restsUntil = nanos.getAsLong();
    }

    /** Does a piece when its turn comes; a piece takes some milliseconds, so that no rest is noticed. */
    <T> T piece(Supplier<T> work) {
        turn.lock();
        try {
            for (long left = restsUntil - nanos.getAsLong(); left > 0; left = restsUntil - nanos.getAsLong()) {
                LockSupport.parkNanos(Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
            }
            long began = nanos.getAsLong();
            try {
                return work.get();
            } finally {
                long ended = nanos.getAsLong();
                restsUntil = ended + Math.min(LONGEST_REST, (ended - began) * (100 - percent) / percent);
            }
        } finally {
            turn.unlock();
        }
    }
}
