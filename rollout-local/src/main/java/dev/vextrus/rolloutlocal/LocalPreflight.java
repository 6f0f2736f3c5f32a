package dev.vextrus.rolloutlocal;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.TrackTotals;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.port.MetricsUnavailable;
import dev.vextrus.rollout.preflight.Check;
import dev.vextrus.rollout.proxyapi.ProxyMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The checklist before a rollout on this machine: the two programs, the place they run in, and the stable release where it
 * runs already. Starts nothing of the workload and takes nothing into care, so it may be gone through while a controller runs.
 */
public final class LocalPreflight implements AutoCloseable {
    private final LocalTargetSettings settings;
    private final ProgramChecks programs;
    private final PlaceChecks place;
    private final HttpCalls calls = new HttpCalls();

    /** @param searchPath folders of programs that are named without one, as {@code PATH} has them */
    public LocalPreflight(LocalTargetSettings settings, String searchPath) {
        this.settings = settings;
        this.programs = new ProgramChecks(searchPath);
        this.place = new PlaceChecks(settings);
    }

    /** Everything but the traffic. */
    public List<Check> run(RolloutPlan plan) {
        List<Check> checks = new ArrayList<>();
        checks.addAll(programs.of("stable", plan.stable()));
        checks.addAll(programs.of("canary", plan.canary()));
        checks.add(place.folder());
        checks.add(place.port());
        checks.add(place.disk());
        checks.add(place.memory(plan));
        checks.addAll(new StableChecks(settings, calls).of(plan));
        return checks;
    }

    /** What the proxy has counted so far; empty where it does not run. */
    public Map<Color, TrackTotals> counted() {
        Path token = settings.folder().resolve("proxy/control.token");
        ProxyProcess.Kept proxy = ProxyProcess.kept(settings);
        if (proxy == null || !Files.exists(token)) {
            return Map.of();
        }
        try {
            return new ProxyMetrics(new LocalProxyControl(
                            calls, proxy.controlPort(), Files.readString(token).strip()))
                    .totals();
        } catch (IOException | MetricsUnavailable silent) {
            return Map.of();
        }
    }

    @Override
    public void close() {
        calls.close();
    }
}
