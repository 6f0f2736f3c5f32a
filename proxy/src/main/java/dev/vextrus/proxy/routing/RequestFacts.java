package dev.vextrus.proxy.routing;

import org.jspecify.annotations.Nullable;

/**
 * What the choice of a colour depends on.
 *
 * @param tenant from the token, unverified; null where there is none
 * @param canaryHeader the canary header's value, if any
 * @param credential the value of the credential's own header, if any
 * @param session the draw that the session's cookie carries, if any, in [0, 1)
 */
public record RequestFacts(
        @Nullable String tenant,
        @Nullable String canaryHeader,
        @Nullable String credential,
        @Nullable Double session) {
    public static RequestFacts ofTenant(@Nullable String tenant) {
        return new RequestFacts(tenant, null, null, null);
    }
}
