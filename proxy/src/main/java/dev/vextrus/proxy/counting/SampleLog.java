package dev.vextrus.proxy.counting;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Closed windows, in the order in which they closed; the oldest seconds are let go. */
final class SampleLog {
    private record Batch(long first, long second, List<Sample> samples) {
        long end() {
            return first + samples.size();
        }
    }

    /** Samples after a place, for a reader that comes back for more. */
    record Slice(long next, boolean more, boolean lost, List<Sample> samples) {}

    private final CountingLimits limits;
    private final ArrayDeque<Batch> batches = new ArrayDeque<>();
    private long end;
    private int kept;

    SampleLog(CountingLimits limits) {
        this.limits = limits;
    }

    void add(long second, List<Sample> samples) {
        batches.addLast(new Batch(end, second, samples));
        end += samples.size();
        kept += samples.size();
        while (kept > limits.maxSamples() || batches.getFirst().second() < second - limits.keepSeconds()) {
            kept -= batches.removeFirst().samples().size();
        }
    }

    /** @param sequence where the reader stands; one beyond the end comes from another life of this proxy */
    Slice after(long sequence, int limit) {
        boolean foreign = sequence > end;
        long from = foreign ? 0 : sequence;
        Batch oldest = batches.peekFirst();
        long start = oldest == null ? end : oldest.first();
        boolean lost = foreign || (from > 0 && from < start);
        from = Math.max(from, start);
        List<Sample> slice = new ArrayList<>();
        for (Batch batch : batches) {
            if (batch.end() > from && slice.size() < limit) {
                List<Sample> rest = batch.samples()
                        .subList(
                                (int) Math.max(0, from - batch.first()),
                                batch.samples().size());
                slice.addAll(rest.subList(0, Math.min(rest.size(), limit - slice.size())));
            }
        }
        long next = from + slice.size();
        return new Slice(next, next < end, lost, slice);
    }
}
