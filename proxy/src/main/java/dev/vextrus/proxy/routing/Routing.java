package dev.vextrus.proxy.routing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One whole routing; the proxy always follows exactly one.
 *
 * @param epoch rises with each change by one controller; a lower one comes from a controller that lost its place
 * @param colors by name; both tracks are among them
 * @param canary null where all traffic is stable's
 * @param weight the canary's share, 0 to 1
 * @param canaryHeader null where probing is off
 * @param slowMillis requests that take longer count as slow
 */
public record Routing(
        long epoch,
        Map<String, ColorRoute> colors,
        String stable,
        @Nullable String canary,
        double weight,
        Cohort cohort,
        @Nullable CanaryHeader canaryHeader,
        int slowMillis) {
    public Routing {
        colors = Map.copyOf(colors);
        if (epoch < 0) {
            throw new InvalidRouting("epoch", "an epoch is 0 or above");
        }
        if (!(weight >= 0 && weight <= 1)) {
            throw new InvalidRouting("weight", "a weight lies in 0 to 1; 10 % is 0.10");
        }
        if (slowMillis < 1) {
            throw new InvalidRouting("slowMillis", "the objective is 1 ms or more");
        }
        served(colors, "stable", stable);
        if (canary == null) {
            if (weight > 0) {
                throw new InvalidRouting("canary", "a weight above 0 needs a canary");
            }
        } else if (canary.equals(stable)) {
            throw new InvalidRouting("canary", "canary and stable are the same colour, " + stable);
        } else if (weight > 0) {
            served(colors, "canary", canary);
        } else if (!colors.containsKey(canary)) {
            throw new InvalidRouting("canary", "'" + canary + "' is not among the colors");
        }
    }

    private static void served(Map<String, ColorRoute> colors, String role, String name) {
        ColorRoute route = colors.get(name);
        if (route == null) {
            throw new InvalidRouting(role, "'" + name + "' is not among the colors");
        }
        if (route.upstreams().isEmpty()) {
            throw new InvalidRouting("colors." + name + ".upstreams", "a colour with traffic needs an upstream");
        }
    }

    /** @throws InvalidRouting where the name is no colour of this routing */
    public ColorRoute color(String name) {
        ColorRoute route = colors.get(name);
        if (route == null) {
            throw new InvalidRouting("colors", "'" + name + "' is not among the colors");
        }
        return route;
    }
}
