package dev.vextrus.cli.rollout;

import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.process.Cleanup;
import dev.vextrus.cli.rollout.view.Scene;
import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.controller.FolderInbox;
import dev.vextrus.rollout.controller.Opening;
import dev.vextrus.rollout.controller.Parts;
import dev.vextrus.rollout.engine.Command;
import dev.vextrus.rollout.engine.CommandKind;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.filejournal.FileJournal;
import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.port.JournalFenced;
import dev.vextrus.rollout.port.Notifier;
import dev.vextrus.rollout.report.HtmlReport;
import dev.vextrus.rollout.report.RolloutReport;
import dev.vextrus.rolloutlocal.LocalWorkload;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A controller in this process, on a local workload, with its journal open. */
public final class RolloutSession {
    private static final Duration SLICE = Duration.ofMillis(200);
    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final FileJournal journal;
    private final FolderInbox inbox;
    private final Notifier notifier;
    private final Supplier<Opening> reopening;
    private volatile Controller controller;
    private final boolean alreadyEnded;
    private final boolean resumed;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Thread running;

    private RolloutSession(
            FileJournal journal, FolderInbox inbox, Notifier notifier, Supplier<Opening> reopening, Opening opening) {
        this.journal = journal;
        this.inbox = inbox;
        this.notifier = notifier;
        this.reopening = reopening;
        this.controller = opening.controller();
        this.alreadyEnded = opening instanceof Opening.AlreadyEnded;
        this.resumed = opening instanceof Opening.Resumed;
    }

    /**
     * Begins the rollout of {@code plan}, or takes up the one that was left.
     *
     * @param planFile the plan as its file says now, null while it cannot be read
     * @param forced gates to be let through before the first traffic
     */
    public static RolloutSession open(
            RolloutFolder folder,
            LocalWorkload workload,
            RolloutPlan plan,
            Supplier<@Nullable RolloutPlan> planFile,
            List<GateName> forced,
            Notifier notifier,
            Cleanup cleanup) {
        FileJournal journal;
        try {
            journal = cleanup.add(FileJournal.open(folder.journal()));
        } catch (JournalFenced other) {
            throw Failure.unavailable(
                    "ROLLOUT_RUNNING",
                    String.valueOf(other.getMessage()),
                    "follow it with 'vextrus rollout watch PLAN'",
                    other);
        }
        ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
        cleanup.add(background::shutdownNow);
        FolderInbox inbox = new FolderInbox(folder.inbox());
        Parts parts = new Parts(
                workload.target(),
                workload.metrics(),
                workload.probe(),
                journal,
                inbox,
                notifier,
                InstantSource.system(),
                background,
                planFile,
                IntUnaryOperator.identity(),
                () -> UUID.randomUUID().toString(),
                System.getProperty("user.name", "unknown"));
        Supplier<Opening> opening = () -> Opening.open(parts, plan, forced);
        RolloutSession session = new RolloutSession(journal, inbox, notifier, opening, opening.get());
        cleanup.add(session::stop);
        return session;
    }

    /** Whether this very release was rolled out before: it has ended, and only a person's {@code retry} begins it again. */
    public boolean alreadyEnded() {
        return alreadyEnded;
    }

    /** Whether a rollout that another controller began goes on. */
    public boolean resumed() {
        return resumed;
    }

    public Scene scene() {
        return new Scene(controller.plan(), controller.state(), Instant.now(), RolloutFolder.notes(journal.entries()));
    }

    /** The whole story so far, as one HTML page. */
    public String report() {
        return RolloutReport.of(journal.entries(), controller.state(), Instant.now())
                .map(HtmlReport::render)
                .orElseThrow();
    }

    public RolloutState state() {
        return controller.state();
    }

    /** Asks of the rollout what a person could. */
    public void ask(CommandKind kind, String by, String reason) {
        Command wish = RolloutWish.command(kind, reason);
        inbox.send(new Command(wish.id(), kind, by, reason, wish.at()));
    }

    public RolloutPlan plan() {
        return controller.plan();
    }

    /** Runs it to its end, showing every step to {@code audience}. */
    public RolloutState run(Consumer<Scene> audience) throws InterruptedException {
        running = Thread.currentThread();
        try {
            if (alreadyEnded) {
                controller.tick(); // obeys a person's retry, and does nothing else
            }
            while (true) {
                try {
                    return controller.run(recheck -> pause(recheck, audience));
                } catch (UncheckedIOException unwritable) {
                    awaitRoom(unwritable);
                }
            }
        } finally {
            running = null;
            stopped.countDown();
        }
    }

    /**
     * Nothing may be done that is not journalled first, so nothing is until there is room. Then the journal is opened as
     * after a controller that was killed: what it intended is finished, what nobody saw does not count.
     */
    private void awaitRoom(UncheckedIOException unwritable) throws InterruptedException {
        notifier.tell(
                Notifier.Level.PAGE,
                "JOURNAL_UNWRITABLE: " + unwritable.getMessage() + " (" + unwritable.getCause()
                        + "): nobody watches the release now, and its weight stays; make room, or mend the folder's rights:"
                        + " the rollout then goes on where it was");
        do {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(TRY_AGAIN_AFTER.toNanos());
        } while (!reopened());
        notifier.tell(Notifier.Level.INFO, "the journal can be written again: going on where it was");
    }

    private boolean reopened() {
        try {
            // A short entry may fit where the next look's state does not: that goes first, and changes nothing.
            RolloutState known = journal.checkpointed();
            if (known != null) {
                journal.checkpoint(known);
            }
            controller = reopening.get().controller();
            return true;
        } catch (UncheckedIOException still) {
            return false;
        }
    }

    private void pause(Duration recheck, Consumer<Scene> audience) throws InterruptedException {
        long until = System.nanoTime() + recheck.toNanos();
        do {
            audience.accept(scene());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(Math.min(SLICE.toNanos(), Math.max(0, until - System.nanoTime())));
        } while (System.nanoTime() < until && inbox.waiting().isEmpty());
    }

    /** No further step; the rollout stays where it is and can be taken up again. */
    public void stop() throws InterruptedException {
        Thread thread = running;
        if (thread != null && !thread.equals(Thread.currentThread())) {
            thread.interrupt();
            if (!stopped.await(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the controller did not stop within " + STOP_WITHIN);
            }
        }
    }
}
