package dev.vextrus.rollout.testkit;

import dev.vextrus.rollout.observation.Answer;
import dev.vextrus.rollout.observation.Answer.NotOffered;
import dev.vextrus.rollout.observation.Answer.Offered;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.DecisionDetail;
import dev.vextrus.rollout.observation.DecisionPage;
import dev.vextrus.rollout.observation.DecisionPage.DecidedCommand;
import dev.vextrus.rollout.observation.HealthReport;
import dev.vextrus.rollout.observation.IntegrityReport;
import dev.vextrus.rollout.observation.ParityPage;
import dev.vextrus.rollout.observation.ReadModelView;
import dev.vextrus.rollout.observation.ReleaseInfo;
import dev.vextrus.rollout.port.ReleaseProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Releases that tell of themselves what the test wants; healthy until told otherwise. */
public final class FakeProbe implements ReleaseProbe {
    /** Whether the releases offer the contract at all. */
    public boolean offered = true;
    /** Releases at whose management port nobody listens. */
    public Set<Color> absent = Set.of();
    /** Releases that do not answer. */
    public Set<Color> silent = Set.of();

    public List<String> stableReads = List.of("InvoiceApproved@1");
    public List<String> canaryWrites = List.of("InvoiceApproved@1");
    /** Name of the failing integrity check per colour. */
    public Map<Color, String> broken = Map.of();
    /** Commands recorded so far. */
    public int commands = 5;
    /** From this command on the canary decides otherwise. */
    public int differsFrom = Integer.MAX_VALUE;

    /** Commands that are recorded anew with each question: more than a page, and deciding never catches up. */
    public int commandsEachLook;

    /** Parts that stable, asked at a time, says are down. */
    public Supplier<List<String>> down = List::of;

    public boolean factsDiffer;
    public boolean readModelLive = true;

    @Override
    public Answer<ReleaseInfo> release(Color color) {
        return offer(
                color, new ReleaseInfo(color == Color.BLUE ? "1.0.0" : "1.1.0", "v1", 10, stableReads, canaryWrites));
    }

    @Override
    public Answer<IntegrityReport> integrity(Color color) {
        String failing = broken.getOrDefault(color, "");
        return offer(
                color,
                new IntegrityReport(
                        10,
                        failing.isEmpty(),
                        List.of(
                                new IntegrityReport.Check("debits-equal-credits", true, 100, 0, List.of()),
                                new IntegrityReport.Check(
                                        failing.isEmpty() ? "read-models-equal-fold" : failing,
                                        failing.isEmpty(),
                                        100,
                                        failing.isEmpty() ? 0 : 1,
                                        failing.isEmpty() ? List.of() : List.of("tenant-1 account 1000")))));
    }

    @Override
    public Answer<HealthReport> health(Color color) {
        return offer(color, new HealthReport(down.get()));
    }

    @Override
    public Answer<ReadModelView> readModel(Color color) {
        return offer(color, new ReadModelView("v2", readModelLive, 10, 10));
    }

    @Override
    public Answer<ParityPage> parity(Color color, long after, int limit) {
        String digest = factsDiffer && color == Color.GREEN ? "other" : "same";
        return offer(
                color,
                after >= 10
                        ? new ParityPage(List.of(), after)
                        : new ParityPage(List.of(new ParityPage.Cut(10, Map.of("tenant-1", digest))), 10));
    }

    @Override
    public Answer<Map<String, String>> facts(Color color, long position, String tenant) {
        return offer(color, Map.of("balance/1000/EUR", factsDiffer && color == Color.GREEN ? "12.35" : "12.34"));
    }

    @Override
    public Answer<DecisionPage> decisions(Color color, long after, int limit, Mode mode) {
        if (mode == Mode.RECORDED) {
            commands += commandsEachLook;
        }
        List<DecidedCommand> page = new ArrayList<>();
        for (long sequence = after + 1; sequence <= commands && page.size() < limit; sequence++) {
            boolean other = mode == Mode.DECIDED && color == Color.GREEN && sequence >= differsFrom;
            page.add(new DecidedCommand(
                    sequence, "tenant-1", "ApproveInvoice", "1.0.0", other ? "other" : "digest-" + sequence));
        }
        long next = page.isEmpty() ? after : page.getLast().sequence();
        return offer(color, new DecisionPage(page, next, next < commands, commands));
    }

    @Override
    public Answer<DecisionDetail> decision(Color color, long sequence, Mode mode) {
        String tax = mode == Mode.DECIDED && color == Color.GREEN && sequence >= differsFrom ? "1.90" : "1.91";
        return offer(
                color,
                new DecisionDetail(
                        sequence,
                        "ApproveInvoice",
                        "{}",
                        List.of("JournalEntryPosted journal/1 {\"tax\":\"" + tax + "\"}")));
    }

    private <T> Answer<T> offer(Color color, T value) {
        if (absent.contains(color)) {
            return new Answer.Absent<>("nobody listens");
        }
        if (silent.contains(color)) {
            return new Answer.Unavailable<>("no answer");
        }
        return offered ? new Offered<>(value) : new NotOffered<>();
    }
}
