package dev.vextrus.finance.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vextrus.finance.settings.Settings;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How much one caller may send: token buckets per user, per tenant, and, for whoever shows no good token, per address. A
 * bucket holds a whole period's requests and fills evenly. Kept in this process alone: with n replicas a caller who meets
 * them all may send n times as much.
 */
final class RateLimits {
    /** Buckets kept; who is forgotten begins with a full one. */
    private static final int MOST_CALLERS = 50_000;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final Settings.RateLimits limits;
    private final TimeMeter time;
    private final Cache<Caller.Name, Bucket> users = cache();
    private final Cache<String, Bucket> tenants = cache();
    private final Cache<String, Bucket> addresses = cache();

    RateLimits(Settings.RateLimits limits, TimeMeter time) {
        this.limits = limits;
        this.time = time;
    }

    /**
     * What a bucket said.
     *
     * @param of whose bucket: {@code user}, {@code tenant} or {@code address}
     * @param limit requests in {@code period}
     * @param remaining requests that may follow at once
     * @param waitSeconds until there is room again, rounded up; 0 where there is
     */
    record Verdict(String of, int limit, Duration period, boolean allowed, long remaining, long waitSeconds) {}

    /** Counts a request of somebody who was recognised. Empty where nothing is limited. */
    Optional<Verdict> of(Caller caller) {
        Optional<Verdict> user = limits.userPerMinute() == 0
                ? Optional.empty()
                : Optional.of(ask(
                        users.get(caller.name(), _ -> bucket(limits.userPerMinute(), MINUTE)),
                        "user",
                        limits.userPerMinute(),
                        MINUTE));
        if (limits.tenantPerMinute() == 0 || user.filter(said -> !said.allowed).isPresent()) {
            return user;
        }
        Verdict tenant = ask(
                tenants.get(caller.tenant().value(), _ -> bucket(limits.tenantPerMinute(), MINUTE)),
                "tenant",
                limits.tenantPerMinute(),
                MINUTE);
        return tenant.allowed && user.isPresent() ? user : Optional.of(tenant);
    }

    /** Counts a request of somebody who was not recognised. */
    Optional<Verdict> of(String address) {
        int most = limits.addressPerQuarter();
        return most == 0
                ? Optional.empty()
                : Optional.of(ask(addresses.get(address, _ -> bucket(most, QUARTER)), "address", most, QUARTER));
    }

    private static Verdict ask(Bucket bucket, String of, int limit, Duration period) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        long waitNanos = probe.isConsumed() ? 0 : probe.getNanosToWaitForRefill();
        return new Verdict(
                of,
                limit,
                period,
                probe.isConsumed(),
                probe.getRemainingTokens(),
                (waitNanos + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1));
    }

    private Bucket bucket(int requests, Duration period) {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(requests)
                        .refillGreedy(requests, period)
                        .build())
                .withCustomTimePrecision(time)
                .build();
    }

    private static <K> Cache<K, Bucket> cache() {
        return Caffeine.newBuilder()
                .maximumSize(MOST_CALLERS)
                .executor(Runnable::run)
                .build();
    }
}
