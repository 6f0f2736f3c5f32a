package dev.vextrus.rollout.controller;

import dev.vextrus.rollout.engine.Finding;
import dev.vextrus.rollout.engine.Look;
import dev.vextrus.rollout.observation.Answer;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.DecisionDetail;
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
            case Look.ReadModel l -> new Finding.ReadModel(probe.readModel(l.canary()));
            case Look.Parity l ->
                new Finding.Parity(
                        l.after(),
                        probe.parity(l.stable(), l.after(), l.limit()),
                        probe.parity(l.canary(), l.after(), l.limit()));
            case Look.Decisions l ->
                new Finding.Decisions(
                        l.after(),
                        probe.decisions(l.stable(), l.after(), l.limit(), Mode.RECORDED),
                        probe.decisions(l.stable(), l.after(), l.limit(), Mode.DECIDED),
                        probe.decisions(l.canary(), l.after(), l.limit(), Mode.DECIDED));
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

    private List<Answer<DecisionDetail>> details(Color color, List<Long> sequences, Mode mode) {
        List<Answer<DecisionDetail>> details = new ArrayList<>();
        for (long sequence : sequences) {
            details.add(probe.decision(color, sequence, mode));
        }
        return details;
    }
}
