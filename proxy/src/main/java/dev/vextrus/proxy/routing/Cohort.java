package dev.vextrus.proxy.routing;

import java.util.Set;

/**
 * Which requests belong to the canary.
 *
 * @param mode whether the tenant decides, or each request for itself
 * @param tenants the canary's tenants, computed from traffic by the rollout
 * @param stableTenants tenants that the rollout weighed and left on stable; a tenant in neither set is unknown
 * @param unknown what becomes of unknown tenants
 * @param sticky whether a requester without a tenant keeps its colour
 * @param salt makes the hash of unknown tenants another one in each rollout
 */
public record Cohort(
        Mode mode, Set<String> tenants, Set<String> stableTenants, Unknown unknown, Sticky sticky, String salt) {
    /** Whether tenants or single requests are dealt out. */
    public enum Mode {
        TENANT,
        REQUEST
    }

    /** Tenants that came after the cohort was computed. */
    public enum Unknown {
        /** They stay on stable until the next cohort. */
        STABLE,
        /** The canary takes those whose salted hash lies below the weight. */
        HASH
    }

    /** Requesters without a tenant, and all of them in mode {@link Mode#REQUEST}. */
    public enum Sticky {
        /** Each request is drawn for itself. */
        NONE,
        /** A session cookie keeps the draw: the same session moves only from stable to canary as the weight rises. */
        COOKIE
    }

    public Cohort {
        tenants = Set.copyOf(tenants);
        stableTenants = Set.copyOf(stableTenants);
    }

    /** Every request for itself. */
    public static Cohort requests() {
        return new Cohort(Mode.REQUEST, Set.of(), Set.of(), Unknown.STABLE, Sticky.NONE, "");
    }

    /** These tenants, nobody else. */
    public static Cohort tenants(Set<String> tenants) {
        return new Cohort(Mode.TENANT, tenants, Set.of(), Unknown.STABLE, Sticky.NONE, "");
    }
}
