package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.analysis.Baselines;
import dev.vextrus.rollout.analysis.Evidence;
import dev.vextrus.rollout.observation.TrackTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What watching has brought so far.
 *
 * @param cursor the last traffic window that was taken in
 * @param observedUntil the last moment at which target and metrics both answered
 * @param freshness what is still owed after a gap before a weight may rise
 * @param history each tenant's traffic on stable before the canary had any
 * @param evidence of the verdict; null before the first canary traffic
 * @param recent the last minutes, for the plain rules
 * @param stable stable's traffic since the rollout began
 * @param canary the canary's traffic since the rollout began
 * @param clientErrors the last minutes' client errors by tenant, and those from before
 * @param slowness what was usual of stable, and whether both were slow soon after a rise
 * @param raisedAt when the weight last rose
 * @param crashes when each instance was seen to have ended without being told to
 * @param exits each instance's exits at the last look
 * @param unready how long the canary has not been ready
 */
public record Watch(
        long cursor,
        @Nullable Instant observedUntil,
        Freshness freshness,
        Baselines history,
        @Nullable Evidence evidence,
        RecentTraffic recent,
        Track stable,
        Track canary,
        ClientErrors clientErrors,
        SharedSlowness slowness,
        @Nullable Instant raisedAt,
        Map<String, List<Instant>> crashes,
        Map<String, Integer> exits,
        Unready unready) {

    /**
     * @param owed whether there was a gap since the last verdict that covered everything
     * @param observed time watched since the gap
     * @param requests the canary's requests since the gap
     */
    public record Freshness(boolean owed, Duration observed, long requests) {
        static final Freshness GIVEN = new Freshness(false, Duration.ZERO, 0);
        static final Freshness OWED = new Freshness(true, Duration.ZERO, 0);
    }

    /**
     * One track's traffic since the rollout began.
     *
     * @param before the router's totals when the rollout began
     * @param totals the router's newest totals
     * @param servedAt when it was last seen to have had a request; null before the first
     * @param first time of its first request in this rollout
     */
    public record Track(
            TrackTotals before,
            TrackTotals totals,
            Tally tally,
            @Nullable Instant first,
            @Nullable Instant servedAt) {
        static final Track NONE = new Track(TrackTotals.NONE, TrackTotals.NONE, Tally.NONE, null, null);

        public long requests() {
            return Math.max(0, totals.requests() - before.requests());
        }

        public long failed() {
            return Math.max(0, totals.failed() - before.failed());
        }

        public long dropped() {
            return Math.max(0, totals.dropped() - before.dropped());
        }
    }

    public Watch {
        // A journal from before they were counted says nothing of them.
        clientErrors = Objects.requireNonNullElse(clientErrors, ClientErrors.NONE);
        slowness = Objects.requireNonNullElse(slowness, SharedSlowness.NONE);
        crashes = Map.copyOf(crashes);
        exits = Map.copyOf(exits);
    }

    static Watch begin(long windowSeconds) {
        return begin(windowSeconds, Freshness.GIVEN);
    }

    static Watch begin(long windowSeconds, Freshness fresh) {
        return new Watch(
                0,
                null,
                fresh,
                Baselines.none(),
                null,
                RecentTraffic.over(windowSeconds),
                Track.NONE,
                Track.NONE,
                ClientErrors.NONE,
                SharedSlowness.NONE,
                null,
                Map.of(),
                Map.of(),
                Unready.NONE);
    }

    Watch observed(long newCursor, Instant at, Freshness fresh) {
        return changed(next -> {
            next.cursor = newCursor;
            next.observedUntil = at;
            next.freshness = fresh;
        });
    }

    Watch withTraffic(
            Baselines base,
            @Nullable Evidence judged,
            RecentTraffic last,
            Track ofStable,
            Track ofCanary,
            ClientErrors mistakes) {
        return changed(next -> {
            next.history = base;
            next.evidence = judged;
            next.recent = last;
            next.stable = ofStable;
            next.canary = ofCanary;
            next.clientErrors = mistakes;
        });
    }

    /** After an outage that both tracks had: the plain rules begin anew at {@code second}, and a fresh verdict is owed. */
    Watch calmSince(long second) {
        return changed(next -> {
            next.freshness = Freshness.OWED;
            next.recent = recent.restarted(second);
            next.clientErrors = clientErrors.restarted();
        });
    }

    Watch with(SharedSlowness slow) {
        return changed(next -> next.slowness = slow);
    }

    Watch judgedBy(@Nullable Evidence judged) {
        return changed(next -> next.evidence = judged);
    }

    Watch withInstances(Map<String, List<Instant>> died, Map<String, Integer> counts, Unready looked) {
        return changed(next -> {
            next.crashes = died;
            next.exits = counts;
            next.unready = looked;
        });
    }

    Watch raised(Instant at) {
        return changed(next -> next.raisedAt = at);
    }

    private Watch changed(Consumer<Changing> change) {
        Changing next = new Changing(this);
        change.accept(next);
        return next.done();
    }

    /** A watch while some of its parts are being changed. */
    private static final class Changing {
        private long cursor;
        private @Nullable Instant observedUntil;
        private Freshness freshness;
        private Baselines history;
        private @Nullable Evidence evidence;
        private RecentTraffic recent;
        private Track stable;
        private Track canary;
        private ClientErrors clientErrors;
        private SharedSlowness slowness;
        private @Nullable Instant raisedAt;
        private Map<String, List<Instant>> crashes;
        private Map<String, Integer> exits;
        private Unready unready;

        Changing(Watch from) {
            cursor = from.cursor;
            observedUntil = from.observedUntil;
            freshness = from.freshness;
            history = from.history;
            evidence = from.evidence;
            recent = from.recent;
            stable = from.stable;
            canary = from.canary;
            clientErrors = from.clientErrors;
            slowness = from.slowness;
            raisedAt = from.raisedAt;
            crashes = from.crashes;
            exits = from.exits;
            unready = from.unready;
        }

        Watch done() {
            return new Watch(
                    cursor,
                    observedUntil,
                    freshness,
                    history,
                    evidence,
                    recent,
                    stable,
                    canary,
                    clientErrors,
                    slowness,
                    raisedAt,
                    crashes,
                    exits,
                    unready);
        }
    }
}
