package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.analysis.Analysis;
import dev.vextrus.rollout.analysis.Baselines;
import dev.vextrus.rollout.analysis.Evidence;
import dev.vextrus.rollout.analysis.Track;
import dev.vextrus.rollout.analysis.TrafficSample;
import dev.vextrus.rollout.analysis.TrafficSplit;
import dev.vextrus.rollout.engine.Watch.Freshness;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.InstanceView;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TenantWindow;
import dev.vextrus.rollout.observation.TrackTotals;
import dev.vextrus.rollout.observation.TrackWindow;
import dev.vextrus.rollout.observation.TrafficBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes in what target and metrics show, and knows which time counts as watched. */
final class Watching {
    private Watching() {}

    static void absorb(Draft draft) {
        if (draft.seen.target() != null) {
            absorbInstances(
                    draft,
                    draft.seen.target().of(draft.state.roles().canary()),
                    draft.seen.target().of(draft.state.roles().stable()));
        }
        if (draft.seen.traffic() == null) {
            return;
        }
        TrafficBatch batch = ownTraffic(draft, draft.seen.traffic().batch());
        absorbTraffic(draft, draft.seen.traffic(), batch);
        if (draft.seen.target() != null) {
            absorbTime(draft, batch);
        }
    }

    /**
     * The router remembers an earlier rollout's canary in the same colour; that one's requests are not this one's. Where
     * one release supersedes another both may share a second, and this one has no instance yet in the one it begins in.
     */
    private static TrafficBatch ownTraffic(Draft draft, TrafficBatch batch) {
        long begun = draft.state.startedAt().getEpochSecond() + 1;
        Color canary = draft.state.roles().canary();
        return new TrafficBatch(
                batch.next(),
                batch.complete(),
                batch.tenants().stream()
                        .filter(w -> w.second() >= begun || w.color() != canary)
                        .toList(),
                batch.tracks().stream()
                        .filter(w -> w.second() >= begun || w.color() != canary)
                        .toList());
    }

    /** A fresh verdict covers some time and at least one request of the canary since the gap. */
    private static void absorbTime(Draft draft, TrafficBatch batch) {
        Watch watch = draft.state.watch();
        Instant before = watch.observedUntil();
        Duration passed = before == null ? Duration.ZERO : Duration.between(before, draft.now);
        boolean gap = before != null
                && (!batch.complete() || passed.compareTo(draft.plan.blind().maxGap()) > 0);
        if (gap && draft.watchedCanary()) {
            draft.note("nothing was observed for " + Durations.say(passed)
                    + ": that time does not count, and a fresh verdict comes before any weight rises");
        }
        draft.watched = gap || passed.isNegative() ? Duration.ZERO : passed;
        Freshness fresh = gap && draft.watchedCanary() ? Freshness.OWED : fresher(draft, watch.freshness(), batch);
        draft.state = draft.state.with(watch.observed(batch.next(), draft.now, fresh));
    }

    private static Freshness fresher(Draft draft, Freshness fresh, TrafficBatch batch) {
        if (!fresh.owed()) {
            return fresh;
        }
        Color canary = draft.state.roles().canary();
        long more = batch.tracks().stream()
                .filter(w -> w.color() == canary)
                .mapToLong(TrackWindow::keys)
                .sum();
        Freshness next = new Freshness(true, fresh.observed().plus(draft.watched), fresh.requests() + more);
        boolean covered = next.observed().compareTo(draft.plan.blind().freshFor()) >= 0;
        return covered && (next.requests() > 0 || !draft.watchedCanary()) ? Freshness.GIVEN : next;
    }

    private static void absorbTraffic(Draft draft, Observation.Traffic traffic, TrafficBatch batch) {
        RolloutState state = draft.state;
        Watch watch = state.watch();
        Color canary = state.roles().canary();
        List<TrackWindow> windows = batch.tracks();
        Tally moreCanary = sum(windows, canary);
        Tally moreStable = sum(windows, canary.other());
        boolean judged = state.trafficBegun();
        Baselines history = judged ? watch.history() : history(watch.history(), batch);
        // What was decided stands on the evidence of that moment; what comes later belongs to nobody's verdict.
        boolean decided = state.ending() != null;
        // In an outage of both, one of them fails longer by chance, and answers late what it was asked during it.
        boolean shared =
                state.stage() instanceof Stage.Holding(Stage.HoldCause cause, Instant _, boolean _, Stage.InPhase _)
                        && cause == Stage.HoldCause.SHARED_OUTAGE;
        Evidence evidence = decided || shared ? watch.evidence() : judged ? judge(draft, history, batch) : null;
        draft.state = state.with(watch.withTraffic(
                history,
                evidence,
                watch.recent().plus(windows, canary),
                track(draft, watch.stable(), moreStable, traffic.totals().get(canary.other()), windows, canary.other()),
                track(draft, watch.canary(), moreCanary, traffic.totals().get(canary), windows, canary),
                shared || decided
                        ? watch.clientErrors()
                        : watch.clientErrors()
                                .plus(
                                        batch.tenants(),
                                        canary,
                                        judged,
                                        watch.recent().sinceSecond(),
                                        draft.plan.rollback().errorWindow())));
        if (!judged) {
            Watch now = draft.state.watch();
            draft.state = draft.state.with(now.with(now.slowness().plus(moreStable)));
        }
        PhaseRecord phase = state.phaseNow();
        if (phase != null && phase.to() == null) {
            draft.replacePhase(phase.plus(moreStable, moreCanary));
        }
    }

    private static Watch.Track track(
            Draft draft,
            Watch.Track before,
            Tally more,
            @Nullable TrackTotals totals,
            List<TrackWindow> windows,
            Color color) {
        TrackTotals newest = totals == null ? before.totals() : totals;
        boolean begins = draft.state.watch().observedUntil() == null;
        TrackTotals base = begins ? newest : before.before();
        Instant first = before.first();
        if (first == null && more.requests() > 0) {
            first = firstRequest(draft, newest, windows, color);
        }
        return new Watch.Track(
                beganAnew(draft, base, newest) ? TrackTotals.NONE : base,
                newest,
                before.tally().plus(more),
                first,
                more.requests() > 0 ? draft.now : before.servedAt());
    }

    /** The router counts each release of a colour by itself: the next one's totals begin at nothing, not where its forerunner's ended. */
    private static boolean beganAnew(Draft draft, TrackTotals base, TrackTotals newest) {
        boolean ofThisRollout = newest.first() != null && !newest.first().isBefore(draft.state.startedAt());
        return ofThisRollout || newest.requests() < base.requests();
    }

    /** The router knows the millisecond, but since its own start; the window knows this rollout's second. */
    private static Instant firstRequest(Draft draft, TrackTotals totals, List<TrackWindow> windows, Color color) {
        if (totals.first() != null && !totals.first().isBefore(draft.state.startedAt())) {
            return totals.first();
        }
        return windows.stream()
                .filter(w -> w.color() == color && w.keys() > 0)
                .map(w -> Instant.ofEpochSecond(w.second()))
                .min(Instant::compareTo)
                .orElse(draft.now);
    }

    private static Tally sum(List<TrackWindow> windows, Color color) {
        Tally sum = Tally.NONE;
        for (TrackWindow window : windows) {
            sum = window.color() == color ? sum.plus(window) : sum;
        }
        return sum;
    }

    private static Baselines history(Baselines before, TrafficBatch batch) {
        if (batch.tenants().isEmpty()) {
            return before;
        }
        Map<String, Baselines.Counts> tenants = new HashMap<>(before.tenants());
        for (TenantWindow window : batch.tenants()) {
            if (window.keys() == 0) {
                continue; // sent and not yet answered
            }
            tenants.merge(
                    window.tenant(),
                    new Baselines.Counts(window.keys(), window.faults(), window.slow()),
                    Baselines.Counts::plus);
        }
        return new Baselines(tenants, before.dayVariance());
    }

    private static Evidence judge(Draft draft, Baselines history, TrafficBatch batch) {
        Analysis analysis = new Analysis(draft.plan.analysis(), history);
        Evidence before = draft.state.watch().evidence();
        Evidence evidence = before == null ? analysis.begin(draft.now.getEpochSecond()) : before;
        Color canary = draft.state.roles().canary();
        List<TrafficSample> samples = new ArrayList<>(batch.tenants().size());
        long calm = draft.state.watch().recent().sinceSecond();
        for (TenantWindow window : batch.tenants()) {
            if (window.second() < calm) {
                continue;
            }
            int requests = Math.clamp(window.keys(), 0, Integer.MAX_VALUE);
            samples.add(new TrafficSample(
                    window.second(),
                    window.color() == canary ? Track.CANARY : Track.STABLE,
                    window.tenant(),
                    window.operation(),
                    Math.clamp(window.begun(), 0, Integer.MAX_VALUE),
                    requests,
                    Math.clamp(window.faults(), 0, requests),
                    Math.clamp(window.slow(), 0, requests),
                    window.capped()));
        }
        RolloutState.Earlier earlier = draft.state.earlier();
        if (earlier == null) {
            return analysis.observe(evidence, split(draft.state.routing()), samples);
        }
        // After a gap a batch may hold much that was still routed otherwise.
        long changed = earlier.until().getEpochSecond();
        Evidence then = analysis.observe(
                evidence,
                split(earlier.routing()),
                samples.stream().filter(s -> s.second() < changed).toList());
        return analysis.observe(
                then,
                split(draft.state.routing()),
                samples.stream().filter(s -> s.second() >= changed).toList());
    }

    private static TrafficSplit split(Routing routing) {
        return routing.byTenant()
                ? TrafficSplit.byTenant(routing.weight(), Set.copyOf(routing.cohort()))
                : TrafficSplit.byRequest(routing.weight());
    }

    private static void absorbInstances(Draft draft, List<InstanceView> canaries, List<InstanceView> stables) {
        Watch watch = draft.state.watch();
        Map<String, List<Instant>> crashes = new HashMap<>();
        Map<String, Integer> exits = new HashMap<>();
        for (InstanceView canary : canaries) {
            count(draft, canary, watch.exits().getOrDefault(canary.id(), 0), crashes, exits);
        }
        if (draft.state.stage().kind() == StageKind.PREFLIGHT) {
            for (InstanceView stable : stables) {
                Integer known = watch.exits().get(stable.id());
                // Ends of weeks ago say nothing of whether it comes up now.
                boolean ours = !stable.startedAt().isBefore(draft.state.startedAt());
                count(draft, stable, known != null ? known : ours ? 0 : stable.exits(), crashes, exits);
                StableStart.tell(draft, stable, known == null ? 0 : known);
            }
        }
        Unready unready = watch.unready()
                .look(
                        lostReadiness(canaries),
                        lostReadiness(stables),
                        draft.now,
                        draft.plan.canary().readyWithin());
        draft.state = draft.state.with(watch.withInstances(crashes, exits, unready));
    }

    private static void count(
            Draft draft,
            InstanceView instance,
            int known,
            Map<String, List<Instant>> crashes,
            Map<String, Integer> exits) {
        Instant from = draft.now.minus(draft.plan.rollback().crashWindow());
        List<Instant> times = new ArrayList<>(draft.state.watch().crashes().getOrDefault(instance.id(), List.of()));
        times.removeIf(t -> t.isBefore(from));
        for (int i = known; i < instance.exits(); i++) {
            times.add(draft.now);
        }
        crashes.put(instance.id(), times);
        exits.put(instance.id(), instance.exits());
    }

    private static boolean lostReadiness(List<InstanceView> instances) {
        return instances.stream().anyMatch(instance -> instance.everReady() && !instance.ready());
    }
}
