package dev.vextrus.proxy.routing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a colour. Every rule is monotone: raising the weight (or extending the cohort) moves requesters from stable to
 * canary and never back, because each is compared by a value of its own that does not change.
 */
public final class Router {
    private Router() {}

    /**
     * @param draw a fresh draw from [0, 1), asked for only where the choice is by chance
     */
    public static Choice choose(Routing routing, RequestFacts facts, DoubleSupplier draw) {
        Choice probe = probe(routing, facts);
        if (probe != null) {
            return probe;
        }
        String canary = routing.canary();
        Cohort cohort = routing.cohort();
        String tenant = facts.tenant();
        if (canary == null) {
            return new Choice.To(routing.color(routing.stable()), false, null);
        }
        if (cohort.mode() == Cohort.Mode.TENANT && tenant != null) {
            return track(routing, routing.weight() > 0 && inCohort(cohort, tenant, routing.weight()), null);
        }
        return drawn(routing, facts.session(), cohort.sticky() == Cohort.Sticky.COOKIE, draw);
    }

    private static Choice drawn(Routing routing, @Nullable Double session, boolean sticky, DoubleSupplier draw) {
        if (!sticky) {
            return track(routing, draw.getAsDouble() < routing.weight(), null);
        }
        if (session != null) {
            return track(routing, session < routing.weight(), null);
        }
        double fresh = draw.getAsDouble();
        return track(routing, fresh < routing.weight(), fresh);
    }

    private static boolean inCohort(Cohort cohort, String tenant, double weight) {
        if (weight >= 1 || cohort.tenants().contains(tenant)) {
            return true;
        }
        return cohort.unknown() == Cohort.Unknown.HASH
                && !cohort.stableTenants().contains(tenant)
                && place(cohort.salt(), tenant) < weight;
    }

    private static Choice track(Routing routing, boolean canary, @Nullable Double newSession) {
        String name = canary && routing.canary() != null ? routing.canary() : routing.stable();
        return new Choice.To(routing.color(name), false, newSession);
    }

    private static @Nullable Choice probe(Routing routing, RequestFacts facts) {
        CanaryHeader header = routing.canaryHeader();
        String value = facts.canaryHeader();
        if (header == null || value == null) {
            return null;
        }
        boolean byValue = header.accepts(value);
        boolean bySecondHeader = facts.credential() != null && header.accepts(facts.credential());
        if (!byValue && !bySecondHeader) {
            return null;
        }
        if (value.toLowerCase(Locale.ROOT).equals("false")) {
            return new Choice.To(routing.color(routing.stable()), true, null);
        }
        String canary = routing.canary();
        if (canary == null || routing.color(canary).upstreams().isEmpty()) {
            return new Choice.NoCanary();
        }
        return new Choice.To(routing.color(canary), true, null);
    }

    /** A tenant's place in [0, 1): the first 53 bits of SHA-256 over salt and name. */
    static double place(String salt, String tenant) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            byte[] hash = digest.digest(tenant.getBytes(StandardCharsets.UTF_8));
            long bits = 0;
            for (int i = 0; i < 8; i++) {
                bits = (bits << 8) | (hash[i] & 0xff);
            }
            return (bits >>> 11) * 0x1.0p-53;
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
