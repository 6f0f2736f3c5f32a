package dev.vextrus.rolloutlocal;

import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.plan.RunSpec;
import dev.vextrus.rollout.preflight.Check;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the stable release is, where it runs already, and which gates it answers for. */
final class StableChecks {
    private static final Duration AT_MOST = Duration.ofSeconds(10);
    private static final Map<String, String> CONTRACT = contract();

    private final LocalTargetSettings settings;
    private final HttpCalls calls;

    StableChecks(LocalTargetSettings settings, HttpCalls calls) {
        this.settings = settings;
        this.calls = calls;
    }

    private static Map<String, String> contract() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("release", "event compatibility");
        parts.put("integrity", "integrity");
        parts.put("read-model", "the read model");
        parts.put("parity?after=0&limit=1", "projection parity");
        parts.put("decisions?after=0&limit=1&mode=recorded", "decision parity");
        return parts;
    }

    List<Check> of(RolloutPlan plan) {
        Workload kept = new StateFile<>(settings.folder().resolve("workload.json"), Workload.class).read();
        List<InstanceRecord> all = kept == null
                ? List.of()
                : kept.instances().stream()
                        .filter(instance -> !instance.stopping())
                        .filter(instance -> instance.process() != null && Processes.runs(instance.process()))
                        .toList();
        List<InstanceRecord> running = all.stream()
                .filter(instance -> instance.release().sameRelease(plan.stable()))
                .toList();
        List<InstanceRecord> others =
                all.stream().filter(InstanceRecord::everReady).toList();
        if (running.isEmpty() && !others.isEmpty()) {
            return List.of(another(others.getFirst().release(), plan.stable()));
        }
        if (running.isEmpty()) {
            return List.of(Check.warning(
                    "stable",
                    plan.stable().name() + " " + plan.stable().version()
                            + " does not run here yet, so its health and its contract cannot be asked",
                    "'vextrus rollout start' starts it first and refuses to go on where it does not come up; go through this"
                            + " list again while it runs"));
        }
        List<Check> checks = new ArrayList<>();
        checks.add(health(running, plan.stableReplicas()));
        checks.add(contract(running.getFirst()));
        return checks;
    }

    private static Check another(ReleaseSpec serves, ReleaseSpec named) {
        boolean sameVersion = serves.version().equals(named.version());
        return Check.failed(
                "stable",
                sameVersion
                        ? serves.version() + " runs here, but the plan's stable differs from it by its "
                                + serves.run().differs(named.run())
                        : serves.version() + " runs here, and the plan names " + named.version() + " as stable",
                sameVersion
                        ? "give stable back what it was started with; 'vextrus rollout start' refuses (STABLE_DIFFERS)"
                        : "name " + serves.version()
                                + " as spec.stable of the plan; 'vextrus rollout start' refuses (STABLE_DIFFERS)");
    }

    private Check health(List<InstanceRecord> running, int wanted) {
        List<String> ill = new ArrayList<>();
        for (InstanceRecord instance : running) {
            RunSpec.Program program = instance.program();
            boolean management = program.healthPort() == RunSpec.HealthPort.MANAGEMENT;
            int port = management ? instance.managementPort() : instance.port();
            int status = status(port, program.healthPath());
            if (status != 200) {
                ill.add(instance.id() + " " + (status == 0 ? "does not answer" : "answered " + status) + " on "
                        + program.healthPath());
            }
        }
        String what = (running.size() - ill.size()) + " of " + wanted + " instance(s) are ready";
        if (!ill.isEmpty()) {
            return Check.failed(
                    "stable", what + ": " + String.join("; ", ill), "mend the stable release first; see its log");
        }
        return running.size() < wanted
                ? Check.warning("stable", what, "the rollout starts the others before anything else")
                : Check.ok("stable", what);
    }

    private Check contract(InstanceRecord stable) {
        List<String> silent = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        CONTRACT.forEach((path, gate) -> {
            int status = status(stable.managementPort(), "/rollout/v1/" + path);
            if (status == 404) {
                missing.add(gate);
            } else if (status != 200) {
                silent.add(gate + (status == 0 ? " (no answer)" : " (" + status + ")"));
            }
        });
        if (missing.size() + silent.size() == CONTRACT.size() && missing.isEmpty() && nobodyListens(stable)) {
            return Check.warning(
                    "contract",
                    "nobody listens on the management port, so only traffic judges: no gate of the release contract",
                    "offer what you can of docs/contracts/release-contract.md on ${MANAGEMENT_PORT}");
        }
        if (!silent.isEmpty()) {
            return Check.failed(
                    "contract",
                    "does not answer for " + String.join(", ", silent) + "; the rollout would wait for it and give up",
                    "see the stable release's log, and try again when it answers");
        }
        return missing.isEmpty()
                ? Check.ok("contract", "answers for all gates: " + String.join(", ", CONTRACT.values()))
                : Check.warning(
                        "contract",
                        "offers nothing for " + String.join(", ", missing) + ": those gates are off",
                        "offer them as docs/contracts/release-contract.md says, or go on without");
    }

    private boolean nobodyListens(InstanceRecord stable) {
        return status(stable.managementPort(), "/") == 0;
    }

    /** The status, or 0 where no answer came. */
    private int status(int port, String path) {
        try {
            return calls.get(port, path, AT_MOST).status();
        } catch (IOException silence) {
            return 0;
        }
    }
}
