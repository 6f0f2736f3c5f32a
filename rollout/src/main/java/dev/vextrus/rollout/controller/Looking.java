package dev.vextrus.rollout.controller;

import dev.vextrus.rollout.engine.Finding;
import dev.vextrus.rollout.engine.Look;
import dev.vextrus.rollout.observation.Answer;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.DecisionDetail;
import dev.vextrus.rollout.observation.DecisionPage;
import dev.vextrus.rollout.port.ReleaseProbe;
import dev.vextrus.rollout.port.ReleaseProbe.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** Asks the releases in the background; the same question is never asked twice at a time. */
final class Looking {
    private final ReleaseProbe probe;
    private final Executor background;
    private final Set<Look> asked = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Found> found = new ConcurrentLinkedQueue<>();
    private final AtomicLong generation = new AtomicLong();

    private record Found(long generation, Finding finding) {}

    Looking(ReleaseProbe probe, Executor background) {
        this.probe = probe;
        this.background = background;
    }

    void ask(List<Look> looks) {
        long now = generation.get();
        for (Look look : looks) {
            if (asked.add(look)) {
                background.execute(() -> {
                    try {
                        found.add(new Found(now, find(look)));
                    } finally {
                        asked.remove(look);
                    }
                });
            }
        }
    }

    List<Finding> found() {
        List<Finding> findings = new ArrayList<>();
        for (Found next = found.poll(); next != null; next = found.poll()) {
            if (next.generation() == generation.get()) {
                findings.add(next.finding());
            }
        }
        return findings;
    }

    /** Drops answers on their way: they belong to a rollout that is over. */
    void forget() {
        generation.incrementAndGet();
    }

    private Finding find(Look look) {
        return switch (look) {
            case Look.Releases l -> new Finding.Releases(probe.release(l.stable()), probe.release(l.canary()));
            case Look.Integrity l -> new Finding.Integrity(l.color(), probe.integrity(l.color()));
            case Look.Health l -> new Finding.Health(l.color(), probe.health(l.color()));
            case Look.ReadModel l -> new Finding.ReadModel(probe.readModel(l.canary()));
            case Look.Parity l ->
                new Finding.Parity(
                        l.after(),
                        probe.parity(l.stable(), l.after(), l.limit()),
                        probe.parity(l.canary(), l.after(), l.limit()));
            case Look.Decisions l -> decisions(l);
            case Look.DecisionDetails l ->
                new Finding.DecisionDetails(
                        details(l.recordedFrom(), l.sequences(), Mode.RECORDED),
                        details(l.decidedBy(), l.sequences(), Mode.DECIDED));
            case Look.Facts l ->
                new Finding.Facts(
                        l.position(),
                        l.tenant(),
                        probe.facts(l.stable(), l.position(), l.tenant()),
                        probe.facts(l.canary(), l.position(), l.tenant()));
        };
    }

    /** Deciding again costs a release its time, so each is asked only where the other one recorded something. */
    private Finding decisions(Look.Decisions look) {
        Answer<DecisionPage> recorded = probe.decisions(look.stable(), look.after(), look.limit(), Mode.RECORDED);
        if (!(recorded instanceof Answer.Offered<DecisionPage>(DecisionPage page))) {
            return new Finding.Decisions(look.after(), recorded, recorded, recorded);
        }
        boolean byCanary = page.decisions().stream().anyMatch(d -> d.release().equals(look.canaryVersion()));
        boolean byOthers = page.decisions().stream().anyMatch(d -> !d.release().equals(look.canaryVersion()));
        return new Finding.Decisions(
                look.after(),
                recorded,
                byCanary ? decided(look, look.stable()) : nothingToDecide(page),
                // Asked also where there is nothing: whether it offers this at all must be known before its first
                // traffic.
                byOthers || !byCanary ? decided(look, look.canary()) : nothingToDecide(page));
    }

    private Answer<DecisionPage> decided(Look.Decisions look, Color by) {
        return probe.decisions(by, look.after(), look.limit(), Mode.DECIDED);
    }

    private static Answer<DecisionPage> nothingToDecide(DecisionPage recorded) {
        return new Answer.Offered<>(new DecisionPage(List.of(), recorded.next(), false, recorded.head()));
    }

    private List<Answer<DecisionDetail>> details(Color color, List<Long> sequences, Mode mode) {
        List<Answer<DecisionDetail>> details = new ArrayList<>();
        for (long sequence : sequences) {
            details.add(probe.decision(color, sequence, mode));
        }
        return details;
    }
}
