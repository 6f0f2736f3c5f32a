package dev.vextrus.rolloutlocal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The proxy as a process of its own: found again, and started again on the same ports where it died. */
final class ProxyProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyProcess.class);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What is written down of the proxy. */
    record Kept(
            int port, int controlPort, int starts, @Nullable ProcessIdentity process) {}

    private final LocalTargetSettings settings;
    private final StateFile<Kept> file;
    private final Path folder;
    private final BoundedLog log;
    private Kept kept;
    private long startedNanos;
    private boolean started;

    ProxyProcess(LocalTargetSettings settings, FreePorts ports) {
        this.settings = settings;
        this.folder = settings.folder().resolve("proxy");
        this.file = new StateFile<>(folder.resolve("process.json"), Kept.class);
        this.log = new BoundedLog(settings.folder().resolve("logs/proxy.log"), settings.logBytes());
        Kept before = file.read();
        if (before == null) {
            int port = settings.proxyPort() == 0 ? ports.take() : settings.proxyPort();
            before = new Kept(port, ports.take(), 0, null);
        } else if (settings.proxyPort() != 0 && before.port() != settings.proxyPort() && !runs(before)) {
            before = new Kept(settings.proxyPort(), before.controlPort(), before.starts(), null);
        }
        ports.keep(before.port());
        ports.keep(before.controlPort());
        kept = before;
        if (!runs(kept)) {
            List<Long> marked = Processes.marked(Processes.INSTANCE, mark());
            if (!marked.isEmpty()) {
                kept = new Kept(kept.port(), kept.controlPort(), kept.starts(), Processes.identify(marked.getFirst()));
                file.write(kept);
            }
        }
    }

    int port() {
        return kept.port();
    }

    int controlPort() {
        return kept.controlPort();
    }

    /** What is written down of the folder's proxy; null where it never had one. */
    static @Nullable Kept kept(LocalTargetSettings settings) {
        return new StateFile<>(settings.folder().resolve("proxy/process.json"), Kept.class).read();
    }

    private static boolean runs(Kept kept) {
        return kept.process() != null && Processes.runs(kept.process());
    }

    private String mark() {
        return settings.folder() + "/proxy#" + kept.starts();
    }

    /** Starts the proxy where it does not run; at most once a second. */
    void ensure(Path tokenFile, long nowNanos) {
        if (runs(kept)) {
            log.trim();
            return;
        }
        if (started && nowNanos - startedNanos < PAUSE_NANOS) {
            return;
        }
        if (kept.starts() > 0) {
            LOG.warn("the proxy does not run; starting it again on port {}", kept.port());
        }
        started = true;
        startedNanos = nowNanos;
        kept = new Kept(kept.port(), kept.controlPort(), kept.starts() + 1, null);
        file.write(kept);
        Map<String, String> environment = Map.of(
                "VEXTRUS_PROXY_PORT",
                Integer.toString(kept.port()),
                "VEXTRUS_PROXY_CONTROL_PORT",
                Integer.toString(kept.controlPort()),
                "VEXTRUS_PROXY_CONTROL_TOKEN_FILE",
                tokenFile.toString(),
                "VEXTRUS_PROXY_STATE",
                folder.toString(),
                Processes.WORKLOAD,
                settings.folder().toString(),
                Processes.INSTANCE,
                mark());
        try {
            Process process = Processes.start(
                    new Processes.Start(settings.proxyCommand(), environment, settings.folder(), log.file()));
            kept = new Kept(kept.port(), kept.controlPort(), kept.starts(), Processes.identify(process.pid()));
            file.write(kept);
        } catch (IOException notStarted) {
            LOG.error("the proxy cannot be started: {}", notStarted.getMessage());
        }
    }

    /** Why it does not answer, for people. */
    String complaint() {
        return "the proxy on port " + kept.port() + " does not answer; " + log.ending();
    }

    /** Asks the proxy to end, which drains it; the second call after the bound kills it. */
    void terminate() {
        ProcessIdentity process = kept.process();
        if (process != null) {
            Processes.terminate(process);
        }
    }

    /** How long a proxy may take from its start to its first answer; a machine that has too much to do takes half of it. */
    static Duration startAtMost() {
        return Duration.ofSeconds(60);
    }
}
