package dev.vextrus.rolloutlocal;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.overhttp.HttpCall;
import dev.vextrus.rollout.overhttp.HttpReleaseProbe;
import dev.vextrus.rollout.port.Metrics;
import dev.vextrus.rollout.port.ReleaseProbe;
import dev.vextrus.rollout.port.Target;
import dev.vextrus.rollout.proxyapi.ProxyControl;
import dev.vextrus.rollout.proxyapi.ProxyMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A workload of this machine while a controller looks after it: its target, counts and releases, and its proxy. Closing it
 * leaves everything running, for the next controller to take over; {@link #cleanUp} ends everything.
 */
public final class LocalWorkload implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalWorkload.class);
    private static final Duration CONTRACT_AT_MOST = Duration.ofSeconds(30);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LocalTargetSettings settings;
    private final FolderLock lock;
    private final HttpCalls calls = new HttpCalls();
    private final ProxyProcess proxy;
    private final ProxyControl control;
    private final Path tokenFile;
    private final String credential;
    private final LocalTarget target;
    private final LongSupplier nanos;
    private final Thread keeper;
    private volatile boolean closed;

    LocalWorkload(LocalTargetSettings settings, Secrets secrets, InstantSource clock, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
        this.lock = new FolderLock(settings.folder());
        try {
            settings.folder().resolve("logs").toFile().mkdirs();
            FreePorts ports = new FreePorts(settings.folder().hashCode());
            tokenFile = settings.folder().resolve("proxy/control.token");
            String token = secrets.keptIn(tokenFile);
            credential = secrets.keptIn(settings.folder().resolve("proxy/canary.credential"));
            proxy = new ProxyProcess(settings, ports);
            control = new LocalProxyControl(calls, proxy.controlPort(), token);
            awaitProxy();
            target = new LocalTarget(settings, control, calls, ports, credential, clock, nanos);
        } catch (RuntimeException unusable) {
            calls.close();
            lock.close();
            throw unusable;
        }
        keeper = Thread.ofPlatform().name("local-target").daemon().start(this::keep);
    }

    private void awaitProxy() {
        boolean answers = await(ProxyProcess.startAtMost(), () -> {
            proxy.ensure(tokenFile, nanos.getAsLong());
            try {
                return control.get("/control/v1/colors").status() == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
        if (!answers) {
            throw new IllegalStateException(proxy.complaint());
        }
    }

    private void keep() {
        while (!closed) {
            try {
                proxy.ensure(tokenFile, nanos.getAsLong());
                target.tick();
            } catch (RuntimeException unexpected) {
                // A full disk or the like: the next tick may do better.
                LOG.error("the local target could not do what was ordered", unexpected);
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    public Target target() {
        return target;
    }

    public Metrics metrics() {
        return new ProxyMetrics(control);
    }

    public ReleaseProbe probe() {
        return new HttpReleaseProbe(color ->
                target.managementPorts(color).stream().map(this::managementPort).toList());
    }

    private HttpCall managementPort(int port) {
        return path -> {
            HttpCalls.Reply reply = calls.get(port, path, CONTRACT_AT_MOST);
            return new HttpCall.Reply(reply.status(), reply.body());
        };
    }

    /** Where clients come in. */
    public int proxyPort() {
        return proxy.port();
    }

    /** Public ports of the instances of a colour that are ready, for a smoke test that goes past the proxy. */
    public List<Integer> readyPorts(Color color) {
        return target.readyPorts(color);
    }

    /** What a smoke test sends as {@code x-canary} to be answered by the canary. */
    public String canaryCredential() {
        return credential;
    }

    /**
     * Ends every process of the workload, the proxy last, and waits for it. What is in flight may end first, within the
     * bounds of the settings. The folder stays, with logs and evidence.
     */
    public void cleanUp() {
        for (Color color : Color.values()) {
            target.stop(color);
        }
        await(settings.drainAtMost().plus(settings.endAtMost()).plusSeconds(5), target::empty);
        close();
        LocalCleanup.endAll(settings, nanos);
    }

    private boolean await(Duration atMost, BooleanSupplier condition) {
        return Waiting.until(condition, atMost, nanos);
    }

    /** Lets go of the workload; everything runs on, unwatched, until another controller opens the folder. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(keeper);
        try {
            keeper.join(Duration.ofSeconds(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        calls.close();
        lock.close();
    }
}
