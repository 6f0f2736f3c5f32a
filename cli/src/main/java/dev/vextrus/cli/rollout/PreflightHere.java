package dev.vextrus.cli.rollout;

import dev.vextrus.rollout.engine.Durations;
import dev.vextrus.rollout.plan.Phase;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.preflight.Check;
import dev.vextrus.rollout.status.PhasePower;
import dev.vextrus.rolloutlocal.LocalPreflight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The checklist of a plan for this machine: what the machine says, and what the traffic can show in the plan's time. */
final class PreflightHere {
    private PreflightHere() {}

    /**
     * @param port that the proxy would be given; 0 for a free one
     * @param requestsPerMinute of both releases together; where empty, as the proxy has counted
     */
    static List<Check> run(RolloutPlan plan, int port, OptionalDouble requestsPerMinute) {
        RolloutFolder folder = RolloutFolder.of(plan.name());
        String searchPath = Optional.ofNullable(System.getenv("PATH")).orElse("");
        try (LocalPreflight preflight = new LocalPreflight(folder.target(port), searchPath)) {
            List<Check> checks = new ArrayList<>(preflight.run(plan));
            Optional<PowerTable> power = requestsPerMinute.isPresent()
                    ? Optional.of(
                            PowerTable.assumed(plan, requestsPerMinute.getAsDouble(), PowerTable.USUAL_FAULT_RATE))
                    : PowerTable.measured(preflight.counted(), plan);
            checks.addAll(power.map(table -> traffic(plan, table)).orElseGet(PreflightHere::uncounted));
            return checks;
        }
    }

    private static List<Check> uncounted() {
        return List.of(Check.warning(
                "traffic",
                "nobody has counted enough requests to say what the bakes can find",
                "say how many there will be with --requests-per-minute N"));
    }

    private static List<Check> traffic(RolloutPlan plan, PowerTable power) {
        Duration bakes = plan.phases().stream().map(Phase::bake).reduce(Duration.ZERO, Duration::plus);
        List<Check> checks = new ArrayList<>();
        checks.add(Check.ok(
                "traffic",
                String.format(
                        Locale.ROOT,
                        "%,.0f requests/min, %.2f %% of them failing (%s); the bakes take %s together",
                        power.requestsPerMinute(),
                        100 * power.faultRate(),
                        power.measured() ? "as counted" : "assumed",
                        Durations.say(bakes))));
        boolean first = true;
        for (PhasePower phase : power.phases()) {
            checks.add(bake(phase, first));
            first = false;
        }
        return checks;
    }

    /** Evidence is carried from phase to phase, so that only the first has to gather all of it by itself. */
    private static Check bake(PhasePower power, boolean first) {
        String name = "bake-" + power.phase().trafficPercent();
        if (power.findsRatio().isEmpty()) {
            return Check.warning(name, power.say(), "make it longer, or wait for more traffic");
        }
        boolean tooShort =
                first && power.minutesToSafe() > minutes(power.phase().bake());
        return tooShort
                ? Check.warning(
                        name,
                        power.say(),
                        "too short to show a good release safe: it would be extended; make it longer, or begin with more"
                                + " traffic")
                : Check.ok(name, power.say());
    }

    private static double minutes(Duration duration) {
        return duration.toMillis() / 60_000.0;
    }
}
