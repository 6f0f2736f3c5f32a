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

    private final double share;
    private final LongSupplier nanos;
    private final ReentrantLock turn = new ReentrantLock();
    private long restsUntil;

    /**
     * @param share of one processor, above 0, at most 1
     * @param nanos a clock that never goes back
     */
    Pace(double share, LongSupplier nanos) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share: " + share + " is not above 0 and at most 1");
        }
        this.share = share;
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
                restsUntil = ended + Math.min(LONGEST_REST, (long) ((ended - began) * (1 / share - 1)));
            }
        } finally {
            turn.unlock();
        }
    }
}
