package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.TrackWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * The last minutes of both tracks, for the plain rules, in slices so that the state stays small.
 *
 * @param sliceSeconds length of a slice, at least 1
 * @param slices oldest first
 * @param sinceSecond what was counted before is left out: an outage that both tracks had; 0 where nothing is
 */
public record RecentTraffic(long sliceSeconds, List<Slice> slices, long sinceSecond) {
    private static final int SLICES = 30;

    /** @param start first second of the slice, since 1970 */
    public record Slice(long start, Tally stable, Tally canary) {}

    public RecentTraffic {
        slices = List.copyOf(slices);
    }

    /** Enough for windows of {@code windowSeconds}. */
    public static RecentTraffic over(long windowSeconds) {
        return new RecentTraffic(Math.max(1, Math.ceilDiv(windowSeconds, SLICES)), List.of(), 0);
    }

    /** Counts anew: nothing before {@code second} says anything of either release. */
    RecentTraffic restarted(long second) {
        return new RecentTraffic(sliceSeconds, List.of(), second);
    }

    public RecentTraffic plus(List<TrackWindow> windows, Color canary) {
        List<Slice> next = new ArrayList<>(slices);
        for (TrackWindow window : windows) {
            if (window.second() < sinceSecond) {
                continue;
            }
            long start = window.second() - Math.floorMod(window.second(), sliceSeconds);
            int at = indexFor(next, start);
            Slice slice = next.get(at);
            next.set(
                    at,
                    window.color() == canary
                            ? new Slice(start, slice.stable(), slice.canary().plus(window))
                            : new Slice(start, slice.stable().plus(window), slice.canary()));
        }
        int surplus = Math.max(0, next.size() - SLICES - 1);
        return new RecentTraffic(sliceSeconds, next.subList(surplus, next.size()), sinceSecond);
    }

    /** Both tracks from {@code fromSecond} on. */
    public Slice since(long fromSecond) {
        Tally stable = Tally.NONE;
        Tally canary = Tally.NONE;
        for (Slice slice : slices) {
            if (slice.start() + sliceSeconds > fromSecond) {
                stable = stable.plus(slice.stable());
                canary = canary.plus(slice.canary());
            }
        }
        return new Slice(fromSecond, stable, canary);
    }

    /** The slices that reach past {@code fromSecond}, oldest first. */
    public List<Slice> slicesSince(long fromSecond) {
        return slices.stream()
                .filter(s -> s.start() + sliceSeconds > fromSecond)
                .toList();
    }

    private static int indexFor(List<Slice> slices, long start) {
        for (int i = slices.size() - 1; i >= 0; i--) {
            if (slices.get(i).start() == start) {
                return i;
            }
            if (slices.get(i).start() < start) {
                slices.add(i + 1, new Slice(start, Tally.NONE, Tally.NONE));
                return i + 1;
            }
        }
        slices.addFirst(new Slice(start, Tally.NONE, Tally.NONE));
        return 0;
    }
}
