package dev.vextrus.rollout.testkit;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TenantWindow;
import dev.vextrus.rollout.observation.TenantWindow.Mistakes;
import dev.vextrus.rollout.observation.TrackTotals;
import dev.vextrus.rollout.observation.TrackWindow;
import dev.vextrus.rollout.observation.TrackWindow.LatencyBucket;
import dev.vextrus.rollout.observation.TrafficBatch;
import dev.vextrus.rollout.port.Metrics;
import dev.vextrus.rollout.port.MetricsUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Requests of a few tenants, split as the target routes them, with the faults that the test asks for. */
public final class FakeTraffic implements Metrics {
    /** How the releases behave at a time. */
    @FunctionalInterface
    public interface Behaviour {
        /** Chance that a request of {@code color} fails at {@code now}. */
        double faults(Color color, Instant now);
    }

    /** The same, tenant by tenant. */
    @FunctionalInterface
    public interface ByTenant {
        double chance(Color color, int tenant, Instant now);
    }

    private final VirtualClock clock;
    private final FakeTarget target;
    private final Random random;
    private final int tenants;
    private final int requestsPerTenant;
    private final int granularitySeconds;
    private final Map<Color, TrackTotals> totals = new EnumMap<>(Color.class);
    private final Map<Color, String> counted = new EnumMap<>(Color.class);
    private final Map<String, Long> byTenant = new HashMap<>();
    private final List<TenantWindow> samples = new ArrayList<>();
    private final List<TrackWindow> windows = new ArrayList<>();
    private long generatedUntil;
    private boolean down;
    private boolean silent;
    private boolean losing;
    private long lateSeconds;
    private BooleanSupplier strays = () -> false;
    private BooleanSupplier testers = () -> false;
    private Behaviour faults = (color, now) -> 0;
    private Behaviour slow = (color, now) -> 0;
    private ToLongFunction<Color> slowMillis = color -> 1000;
    private @Nullable ByTenant clientErrors;

    /** @param granularitySeconds length of a window; 1 but for very long rollouts */
    public FakeTraffic(
            VirtualClock clock,
            FakeTarget target,
            int tenants,
            int requestsPerTenant,
            int granularitySeconds,
            long seed) {
        this.clock = clock;
        this.target = target;
        this.tenants = tenants;
        this.requestsPerTenant = requestsPerTenant;
        this.granularitySeconds = granularitySeconds;
        this.random = new Random(seed);
        this.generatedUntil = clock.instant().getEpochSecond();
    }

    public void faults(Behaviour behaviour) {
        faults = behaviour;
    }

    public void slow(Behaviour behaviour) {
        slow = behaviour;
    }

    /** How long each release's slow requests take. */
    public void slowTake(ToLongFunction<Color> millis) {
        slowMillis = millis;
    }

    /** Which requests are answered as the caller's mistake; not told at all, as by an older proxy, unless asked for. */
    public void clientErrors(ByTenant behaviour) {
        clientErrors = behaviour;
    }

    public void down(boolean isDown) {
        down = isDown;
    }

    public void silent(boolean isSilent) {
        silent = isSilent;
    }

    /** @param isLosing whether the router has forgotten windows before they were asked for */
    public void losing(boolean isLosing) {
        losing = isLosing;
    }

    /** @param when whether the router sends all tenants to stable, whatever it was told */
    public void strays(BooleanSupplier when) {
        strays = when;
    }

    /** @param when whether a person sends requests to the canary by its header, past every weight */
    public void testers(BooleanSupplier when) {
        testers = when;
    }

    /** @param seconds how much later the canary answers what was sent to it before the weight changed */
    public void canaryAnswersLate(long seconds) {
        lateSeconds = seconds;
    }

    public long requests(Color color) {
        return totals.getOrDefault(color, TrackTotals.NONE).requests();
    }

    /** Makes the requests of the time that has passed, each by the routing of its time. */
    public void flow() {
        long now = clock.instant().getEpochSecond();
        for (long second = generatedUntil; second + granularitySeconds <= now; second += granularitySeconds) {
            if (!silent) {
                generate(second);
            }
            generatedUntil = second + granularitySeconds;
        }
    }

    @Override
    public TrafficBatch after(long after) {
        flow();
        answer();
        // A cursor is the first second that was not handed out; a resumed controller asks again for what it lost.
        return new TrafficBatch(
                generatedUntil,
                !losing,
                from(samples, after, TenantWindow::second),
                from(windows, after, TrackWindow::second));
    }

    @Override
    public Map<Color, TrackTotals> totals() {
        answer();
        return Map.copyOf(totals);
    }

    @Override
    public Map<String, Long> requestsByTenant() {
        answer();
        return Map.copyOf(byTenant);
    }

    private void generate(long second) {
        Instant at = Instant.ofEpochSecond(second);
        forget(second - 900L * granularitySeconds);
        Map<Color, long[]> sums = new EnumMap<>(Color.class);
        Routing routing = target.routingAt(at);
        for (int i = 0; i < tenants; i++) {
            Color color = routing == null || strays.getAsBoolean() ? Color.BLUE : color(routing, i);
            Routing before = target.routingAt(at.minusSeconds(lateSeconds));
            if (lateSeconds > 0 && before != null && color(before, i) == Color.GREEN && color != Color.GREEN) {
                count(sums, second, Color.GREEN, i, at.minusSeconds(lateSeconds));
            }
            count(sums, second, color, i, at);
            byTenant.merge("tenant-" + i, (long) requestsPerTenant, Long::sum);
        }
        if (routing != null && testers.getAsBoolean()) {
            sums.computeIfAbsent(routing.stable().other(), c -> new long[3])[0]++;
        }
        sums.forEach((color, sum) -> add(second, color, sum));
    }

    private void count(Map<Color, long[]> sums, long second, Color color, int tenant, Instant sent) {
        int failed = count(faults.faults(color, sent));
        int late = count(slow.faults(color, sent));
        Mistakes mistakes = clientErrors == null
                ? null
                : new Mistakes(requestsPerTenant, count(clientErrors.chance(color, tenant, sent)));
        samples.add(new TenantWindow(
                second,
                color,
                "tenant-" + tenant,
                "PostEntry",
                requestsPerTenant,
                Math.min(2, failed),
                Math.min(2, late),
                false,
                mistakes));
        long[] sum = sums.computeIfAbsent(color, c -> new long[3]);
        sum[0] += requestsPerTenant;
        sum[1] += failed;
        sum[2] += late;
    }

    private void add(long second, Color color, long[] sum) {
        windows.add(new TrackWindow(
                second,
                color,
                sum[0],
                sum[1],
                sum[2],
                List.of(
                        new LatencyBucket(20, sum[0] - sum[2]),
                        new LatencyBucket(slowMillis.applyAsLong(color), sum[2]))));
        String version = String.join(" ", target.versions(color));
        boolean sameRelease = version.equals(counted.put(color, version));
        TrackTotals before = sameRelease ? totals.getOrDefault(color, TrackTotals.NONE) : TrackTotals.NONE;
        Instant at = Instant.ofEpochSecond(second);
        totals.put(
                color,
                new TrackTotals(
                        before.requests() + sum[0],
                        before.failed() + sum[1],
                        20,
                        before.first() == null ? at : before.first(),
                        at,
                        0));
    }

    /** Where tenants do not stick to a colour, the first ones stand for those whose requests were drawn. */
    private Color color(Routing routing, int tenant) {
        boolean chosen = routing.byTenant()
                ? routing.cohort().contains("tenant-" + tenant)
                : tenant < Math.round(routing.weight() * tenants);
        return routing.canary() != null && chosen ? routing.stable().other() : routing.stable();
    }

    private int count(double chance) {
        int count = 0;
        for (int i = 0; i < requestsPerTenant && chance > 0; i++) {
            count += random.nextDouble() < chance ? 1 : 0;
        }
        return count;
    }

    /** What began at or after a second, found from the end: batches are short and the lists long. */
    private static <T> List<T> from(List<T> all, long second, ToLongFunction<T> secondOf) {
        int start = all.size();
        while (start > 0 && secondOf.applyAsLong(all.get(start - 1)) >= second) {
            start--;
        }
        return List.copyOf(all.subList(start, all.size()));
    }

    private void forget(long before) {
        if (!windows.isEmpty() && windows.getFirst().second() < before - 60L * granularitySeconds) {
            samples.removeIf(s -> s.second() < before);
            windows.removeIf(w -> w.second() < before);
        }
    }

    private void answer() {
        if (down) {
            throw new MetricsUnavailable("the metrics were switched off by the test", null);
        }
    }
}
