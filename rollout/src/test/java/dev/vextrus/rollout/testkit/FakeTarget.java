package dev.vextrus.rollout.testkit;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.InstanceView;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TargetView;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.port.StaleEpoch;
import dev.vextrus.rollout.port.Target;
import dev.vextrus.rollout.port.TargetUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** A target in memory. It records what it really did, so that a test can see that nothing was done twice. */
public final class FakeTarget implements Target {
    private static final Duration START_TIME = Duration.ofSeconds(2);

    private final InstantSource clock;
    private final Map<String, Running> running = new TreeMap<>();
    private final Map<Color, Integer> desired = new EnumMap<>(Color.class);
    private final Map<Color, ReleaseSpec> ordered = new EnumMap<>(Color.class);
    private final List<Color> draining = new ArrayList<>();
    private final List<String> effects = new ArrayList<>();
    private final NavigableMap<Instant, Routing> routings = new TreeMap<>();
    private @Nullable Routing routing;
    private int orders;
    private boolean down;
    private Map<Color, Integer> inFlight = Map.of();
    private Duration restartAfter = Duration.ZERO;
    private BiPredicate<String, Instant> crashes = (version, now) -> false;
    private BiPredicate<String, Instant> unready = (version, now) -> false;

    private static final class Running {
        final String id;
        final Color color;
        final String version;
        final Instant first;
        Instant started;
        int exits;
        boolean everReady;

        Running(String id, Color color, String version, Instant now) {
            this.id = id;
            this.color = color;
            this.version = version;
            this.first = now;
            this.started = now;
        }
    }

    public FakeTarget(InstantSource clock) {
        this.clock = clock;
    }

    /** @param when version and time to whether its instances die then */
    public void crash(BiPredicate<String, Instant> when) {
        crashes = when;
    }

    /** @param pause between an end and the next start */
    public void restartAfter(Duration pause) {
        restartAfter = pause;
    }

    /** @param when version and time to whether its instances are not ready then */
    public void unready(BiPredicate<String, Instant> when) {
        unready = when;
    }

    public void down(boolean isDown) {
        down = isDown;
    }

    /** @param requests that a colour has not answered yet */
    public void inFlight(Map<Color, Integer> requests) {
        inFlight = requests;
    }

    /** What really changed, in order. */
    public List<String> effects() {
        return List.copyOf(effects);
    }

    public @Nullable Routing routing() {
        return routing;
    }

    /** How often a routing was ordered, changed or not. */
    public int orders() {
        return orders;
    }

    /** What was in force at a time. */
    public @Nullable Routing routingAt(Instant time) {
        Map.Entry<Instant, Routing> entry = routings.floorEntry(time);
        return entry == null ? null : entry.getValue();
    }

    public List<String> versions(Color color) {
        return running.values().stream()
                .filter(r -> r.color == color)
                .map(r -> r.version)
                .toList();
    }

    @Override
    public TargetView observe() {
        answer();
        Instant now = clock.instant();
        List<InstanceView> views = new ArrayList<>();
        for (Running instance : running.values()) {
            views.add(view(instance, now));
        }
        return new TargetView(views, desired, ordered, draining, routing, inFlight);
    }

    private InstanceView view(Running instance, Instant now) {
        boolean up = !now.isBefore(instance.started.plus(START_TIME));
        if (up && crashes.test(instance.version, now)) {
            instance.exits++;
            instance.started = now.plus(restartAfter);
            up = false;
        }
        boolean ready = up && !unready.test(instance.version, now);
        instance.everReady |= ready;
        return new InstanceView(
                instance.id,
                instance.color,
                instance.version,
                ready,
                instance.everReady,
                instance.first,
                instance.exits,
                instance.exits > 0 ? "exit code 137" : null,
                -1);
    }

    @Override
    public void deploy(Color color, ReleaseSpec release, int replicas) {
        answer();
        running.values().removeIf(r -> r.color == color && !r.version.equals(release.version()));
        desired.put(color, replicas);
        ordered.put(color, release);
        draining.remove(color);
        for (int i = 1; i <= replicas; i++) {
            String id = color.label() + "-" + i;
            if (!running.containsKey(id)) {
                running.put(id, new Running(id, color, release.version(), clock.instant()));
                effects.add("start " + id + " " + release.version());
            }
        }
        running.values().removeIf(r -> r.color == color && number(r.id) > replicas);
    }

    @Override
    public void route(Routing wanted) {
        answer();
        orders++;
        Routing now = routing;
        if (now != null && wanted.epoch() < now.epoch()) {
            throw new StaleEpoch(wanted.epoch(), now.epoch());
        }
        if (!wanted.equals(now)) {
            effects.add("route " + wanted.epoch() + " " + Math.round(100 * wanted.weight()) + "% stable="
                    + wanted.stable().label());
        }
        routing = wanted;
        routings.put(clock.instant(), wanted);
    }

    @Override
    public void drain(Color color) {
        answer();
        if (!draining.contains(color)) {
            draining.add(color);
            effects.add("drain " + color.label());
        }
    }

    @Override
    public List<String> collectEvidence(Color color) {
        answer();
        effects.add("evidence " + color.label());
        return List.of(color.label() + ".log");
    }

    @Override
    public void stop(Color color) {
        answer();
        ordered.remove(color);
        if (desired.remove(color) != null) {
            effects.add("stop " + color.label());
        }
        running.values().removeIf(r -> r.color == color);
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true, true);
    }

    private void answer() {
        if (down) {
            throw new TargetUnavailable("the target was switched off by the test", null);
        }
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(id.indexOf('-') + 1));
    }
}
