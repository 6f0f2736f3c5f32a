package dev.vextrus.rolloutlocal;

import dev.vextrus.rollout.observation.InstanceView;
import dev.vextrus.rollout.plan.Placeholders;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One instance, kept as it should be: started, started again with a growing pause, asked to end, killed. Driven by
 * {@link #tick}; never waits.
 */
final class Instance {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LOOKS_ABOVE_LIMIT = 3;

    private enum Ending {
        NOT_YET,
        DRAINING,
        ASKED,
        KILLED
    }

    private final LocalTargetSettings settings;
    private final HttpCalls calls;
    private final FreePorts ports;
    private final BoundedLog log;
    private final Readiness readiness;
    private final Liveness liveness;

    private InstanceRecord record;
    private @Nullable Process child;
    private boolean changed;
    private int quickEnds;
    private long pauseUntilNanos;
    private boolean pausing;
    private long startedNanos;
    private long lookedNanos;
    private long memoryMebibytes = -1;
    private int looksAboveLimit;
    private String endedFor = "";
    private long toldToEndNanos;
    private Ending ending = Ending.NOT_YET;
    private long endingSinceNanos;

    Instance(InstanceRecord record, LocalTargetSettings settings, HttpCalls calls, FreePorts ports) {
        this.record = record;
        this.settings = settings;
        this.calls = calls;
        this.ports = ports;
        this.readiness = new Readiness(calls);
        this.liveness = new Liveness(calls);
        Path logs = settings.folder().resolve("logs");
        this.log = new BoundedLog(logs.resolve(record.id() + ".log"), settings.logBytes());
    }

    InstanceRecord record() {
        return record;
    }

    BoundedLog log() {
        return log;
    }

    boolean ready() {
        return readiness.ready() && record.process() != null;
    }

    /** Whether it was ready once: readiness is heard between two ticks, and written down at the next. */
    boolean everReady() {
        return record.everReady() || ready();
    }

    boolean leaving() {
        return record.stopping() || record.draining();
    }

    boolean gone() {
        return record.stopping() && record.process() == null && ending == Ending.KILLED;
    }

    /** Whether the record changed since it was asked for last. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    private void change(InstanceRecord next) {
        record = next;
        changed = true;
    }

    InstanceView view() {
        return new InstanceView(
                record.id(),
                record.color(),
                record.release().version(),
                ready(),
                everReady(),
                Instant.ofEpochMilli(record.firstStartEpochMillis()),
                record.life().exits(),
                record.life().lastExit(),
                memoryMebibytes);
    }

    /**
     * Finds the process of this record after the controller was another one: by what was written down, or, where the
     * controller died between the start and the writing, by its mark.
     */
    void adopt() {
        ports.keep(record.port());
        ports.keep(record.managementPort());
        ProcessIdentity identity = record.process();
        if (identity != null && Processes.runs(identity)) {
            if (record.everReady()) {
                liveness.begin();
            }
            return;
        }
        List<Long> marked = Processes.marked(Processes.INSTANCE, record.mark(folder()));
        ProcessIdentity found = marked.isEmpty() ? null : Processes.identify(marked.getFirst());
        if (identity != null && found == null) {
            change(record.ended("ended while no controller watched; " + log.ending()));
        } else {
            change(record.running(found));
        }
    }

    /** Tells the release to answer every request with Connection: close, where it can. */
    void drain() {
        if (!record.draining()) {
            change(record.marked(true, record.stopping()));
            tellDrain();
        }
    }

    /** Takes over how the same release is measured now: its limits and where it tells its health. */
    void measureAs(ReleaseSpec release) {
        if (!record.release().equals(release)) {
            change(record.measuredAs(release));
        }
    }

    void stop() {
        if (!record.stopping()) {
            change(record.marked(record.draining(), true));
        }
    }

    private void tellDrain() {
        int port = record.managementPort();
        if (record.process() != null) {
            Thread.ofVirtual().start(() -> {
                try {
                    calls.post(port, "/rollout/v1/drain", Duration.ofSeconds(2));
                } catch (IOException notOffered) {
                    // The release cannot drain by itself; the wait for requests in flight stands all the same.
                }
            });
        }
    }

    /** @param inFlight requests that the proxy has open at this instance */
    void tick(long nowNanos, int inFlight) {
        lookWhetherItRuns(nowNanos);
        ProcessIdentity process = record.process();
        if (record.stopping()) {
            end(process, nowNanos, inFlight);
        } else if (process == null) {
            startWhenDue(nowNanos);
        } else {
            readiness.ask(record, nowNanos);
            liveness.ask(record, readiness.ready(), nowNanos);
            if (readiness.ready() && !record.everReady()) {
                change(record.wasReady());
            }
            if (nowNanos - lookedNanos > LOOK_NANOS) {
                lookedNanos = nowNanos;
                log.trim();
                lookAtMemory(process, nowNanos);
                lookWhetherItLives(process, nowNanos);
            }
        }
    }

    /** Takes note of the end of the process, should it have ended. */
    void lookWhetherItRuns(long nowNanos) {
        ProcessIdentity process = record.process();
        if (process != null && !Processes.runs(process)) {
            ended(nowNanos);
        }
    }

    private void startWhenDue(long nowNanos) {
        if (pausing && nowNanos - pauseUntilNanos < 0) {
            return;
        }
        pausing = false;
        startedNanos = nowNanos;
        // The intention first: a controller that dies right after the start finds the process by its mark.
        change(record.starting());
        beforeStart.run();
        try {
            child = Processes.start(start());
            change(record.running(Processes.identify(child.pid())));
            if (record.process() == null) {
                ended(nowNanos);
            }
        } catch (IOException notStarted) {
            pause(nowNanos);
            change(record.ended("cannot be started: " + notStarted.getMessage()));
        }
    }

    private Runnable beforeStart = () -> {};

    /** @param save writes down what is known; runs between the intention to start and the start */
    void beforeStart(Runnable save) {
        beforeStart = save;
    }

    private Processes.Start start() {
        ReleaseSpec release = record.release();
        Map<String, String> values = Map.of(
                Placeholders.PORT, Integer.toString(record.port()),
                Placeholders.MANAGEMENT_PORT, Integer.toString(record.managementPort()),
                Placeholders.COLOR, record.color().label(),
                Placeholders.VERSION, release.version(),
                Placeholders.JAVA_HOME, System.getProperty("java.home"));
        Map<String, String> environment = new HashMap<>();
        environment.put("PORT", Integer.toString(record.port()));
        environment.put("MANAGEMENT_PORT", Integer.toString(record.managementPort()));
        RunSpec.Program program = record.program();
        program.environment().forEach((name, value) -> environment.put(name, Placeholders.fill(value, values)));
        environment.put(Processes.WORKLOAD, folder());
        environment.put(Processes.INSTANCE, record.mark(folder()));
        List<String> command = program.command().stream()
                .map(part -> Placeholders.fill(part, values))
                .toList();
        return new Processes.Start(command, environment, Path.of(program.workingDirectory()), log.file());
    }

    private void ended(long nowNanos) {
        // What the process had started itself does not outlive it.
        Processes.kill(Processes.INSTANCE, record.mark(folder()));
        long livedMillis = TimeUnit.NANOSECONDS.toMillis(nowNanos - startedNanos);
        boolean young = child != null && livedMillis < 60_000;
        quickEnds = young ? quickEnds + 1 : 0;
        pause(nowNanos);
        String lived = child == null ? "" : " after " + livedMillis + " ms";
        change(record.ended(endedFor + howItEnded() + lived + "; " + log.ending()));
        child = null;
        readiness.reset();
        liveness.reset();
        memoryMebibytes = -1;
        endedFor = "";
    }

    private String howItEnded() {
        if (child == null) {
            return "ended";
        }
        // The system shows the end a moment before the JVM has reaped its child and knows the code.
        boolean reaped = !child.onExit()
                .completeOnTimeout(child, 1, TimeUnit.SECONDS)
                .join()
                .isAlive();
        return reaped ? "ended with code " + child.exitValue() : "ended";
    }

    private void pause(long nowNanos) {
        long pause = FIRST_PAUSE_NANOS << Math.clamp(quickEnds - 1L, 0, 6);
        pauseUntilNanos = nowNanos + Math.min(pause, LONGEST_PAUSE_NANOS);
        pausing = true;
    }

    private void lookAtMemory(ProcessIdentity process, long nowNanos) {
        memoryMebibytes = Processes.residentMebibytes(process.pid());
        Integer limit = record.program().memoryLimitMebibytes();
        boolean above = limit != null && memoryMebibytes > limit;
        looksAboveLimit = above ? looksAboveLimit + 1 : 0;
        if (looksAboveLimit >= LOOKS_ABOVE_LIMIT && endedFor.isEmpty()) {
            looksAboveLimit = 0;
            endToStartAgain(process, "above its memory limit of " + limit + " MiB: ", nowNanos);
        }
    }

    private void lookWhetherItLives(ProcessIdentity process, long nowNanos) {
        if (liveness.lost() && endedFor.isEmpty()) {
            endToStartAgain(process, "not alive (" + record.program().livePath() + "): ", nowNanos);
        }
        boolean deaf = !endedFor.isEmpty()
                && nowNanos - toldToEndNanos > settings.endAtMost().toNanos();
        if (deaf) {
            Processes.kill(Processes.INSTANCE, record.mark(folder()));
        }
    }

    private void endToStartAgain(ProcessIdentity process, String why, long nowNanos) {
        endedFor = why;
        toldToEndNanos = nowNanos;
        Processes.terminate(process);
    }

    private void end(@Nullable ProcessIdentity process, long nowNanos, int inFlight) {
        long waited = nowNanos - endingSinceNanos;
        switch (ending) {
            case NOT_YET -> {
                tellDrain();
                next(Ending.DRAINING, nowNanos);
            }
            case DRAINING -> {
                if (process == null
                        || inFlight == 0
                        || waited > settings.drainAtMost().toNanos()) {
                    if (process != null) {
                        Processes.terminate(process);
                    }
                    next(Ending.ASKED, nowNanos);
                }
            }
            case ASKED -> {
                if (process == null || waited > settings.endAtMost().toNanos()) {
                    Processes.kill(Processes.INSTANCE, record.mark(folder()));
                    ports.release(record.port());
                    ports.release(record.managementPort());
                    next(Ending.KILLED, nowNanos);
                }
            }
            case KILLED -> {}
        }
    }

    private void next(Ending stage, long nowNanos) {
        ending = stage;
        endingSinceNanos = nowNanos;
    }

    private String folder() {
        return settings.folder().toString();
    }
}
