package dev.vextrus.rolloutlocal;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.InstanceView;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TargetView;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.port.Target;
import dev.vextrus.rollout.port.TargetUnavailable;
import dev.vextrus.rollout.proxyapi.ProxyControl;
import dev.vextrus.rollout.proxyapi.ProxyRouting;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;

/**
 * Releases as processes of this machine. What was ordered is written down before it is done; {@link #tick} makes it so and
 * keeps it so. All state changes under one lock; nothing under it waits for a release.
 */
final class LocalTarget implements Target {
    private final LocalTargetSettings settings;
    private final ProxyControl proxy;
    private final ProxyRoutes routes;
    private final HttpCalls calls;
    private final FreePorts ports;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final StateFile<Workload> file;
    private final List<Instance> instances = new ArrayList<>();
    private Workload workload;

    /** Takes over what an earlier controller left running in the folder. */
    LocalTarget(
            LocalTargetSettings settings,
            ProxyControl proxy,
            HttpCalls calls,
            FreePorts ports,
            String credential,
            InstantSource clock,
            LongSupplier nanos) {
        this.settings = settings;
        this.proxy = proxy;
        this.routes = new ProxyRoutes(proxy, credential);
        this.calls = calls;
        this.ports = ports;
        this.clock = clock;
        this.nanos = nanos;
        this.file = new StateFile<>(settings.folder().resolve("workload.json"), Workload.class);
        Workload kept = file.read();
        workload = kept == null ? Workload.none() : kept;
        for (InstanceRecord record : workload.instances()) {
            Instance instance = instance(record);
            instance.adopt();
            instances.add(instance);
        }
        save();
    }

    private Instance instance(InstanceRecord record) {
        Instance instance = new Instance(record, settings, calls, ports);
        instance.beforeStart(this::save);
        return instance;
    }

    private void save() {
        workload =
                workload.withInstances(instances.stream().map(Instance::record).toList());
        file.write(workload);
    }

    @Override
    public synchronized TargetView observe() {
        // An end is told in the same look as the readiness that it cost.
        instances.forEach(instance -> instance.lookWhetherItRuns(nanos.getAsLong()));
        JsonNode followed = routes.ask();
        List<InstanceView> views = instances.stream()
                .filter(instance -> !instance.record().stopping())
                .map(Instance::view)
                .toList();
        Map<Color, Integer> desired = new EnumMap<>(Color.class);
        Map<Color, ReleaseSpec> ordered = new EnumMap<>(Color.class);
        List<Color> draining = new ArrayList<>();
        workload.desired().forEach((color, order) -> {
            desired.put(color, order.replicas());
            ordered.put(color, order.release());
            if (order.draining()) {
                draining.add(color);
            }
        });
        return new TargetView(
                views,
                desired,
                ordered,
                draining,
                followed == null ? null : ProxyRouting.read(followed),
                followed == null ? Map.of() : ProxyRouting.inFlight(followed));
    }

    @Override
    public synchronized void deploy(Color color, ReleaseSpec release, int replicas) {
        if (replicas < 0) {
            throw new IllegalArgumentException("replicas: " + replicas + " is below 0");
        }
        InstanceRecord.program(release);
        if (replicas > 0) {
            refuseToEndAllThatServes(color, release);
        }
        workload = workload.with(color, new Workload.Desired(release, replicas, false));
        List<Instance> kept = new ArrayList<>();
        for (Instance instance : of(color)) {
            boolean fits = instance.record().release().sameRelease(release) && !instance.leaving();
            if (fits && kept.size() < replicas) {
                instance.measureAs(release);
                kept.add(instance);
            } else {
                instance.stop(); // instances are in the order of their first start: the newest are the surplus
            }
        }
        for (int missing = replicas - kept.size(); missing > 0; missing--) {
            workload = workload.counted(color);
            String id = color.label() + "-" + workload.counters().get(color);
            instances.add(
                    instance(InstanceRecord.ordered(id, color, release, ports.take(), ports.take(), clock.millis())));
        }
        save();
    }

    /**
     * A colour that customers are routed to is never emptied for a release that is still to start, whoever asks: that is
     * what the other colour is for.
     */
    private void refuseToEndAllThatServes(Color color, ReleaseSpec release) {
        List<Instance> serving = of(color).stream()
                .filter(instance -> !instance.leaving() && instance.everReady())
                .toList();
        boolean others = !serving.isEmpty()
                && serving.stream()
                        .noneMatch(instance -> instance.record().release().sameRelease(release));
        if (others && routes.sendsTo(color)) {
            throw new TargetUnavailable(
                    color.label() + " serves "
                            + serving.getFirst().record().release().version() + ": all of it would end at once for "
                            + release.version() + ", which is still to start",
                    null);
        }
    }

    private List<Instance> of(Color color) {
        return instances.stream()
                .filter(instance -> instance.record().color() == color)
                .toList();
    }

    @Override
    public synchronized void route(Routing next) {
        routes.put(next, served(next));
    }

    /** The addresses of each colour: its ready instances, or where none is ready all that are to stay. */
    private Map<Color, ProxyRouting.Served> served(Routing next) {
        Map<Color, ProxyRouting.Served> served = new EnumMap<>(Color.class);
        for (Color color : Color.values()) {
            List<Instance> all = of(color).stream()
                    .filter(instance -> !instance.record().stopping())
                    .toList();
            if (all.isEmpty() && (color == next.stable() || (color == next.canary() && next.weight() > 0))) {
                all = of(color); // better an instance that is about to go than none
            }
            List<Instance> ready = all.stream().filter(Instance::ready).toList();
            List<Instance> chosen = ready.isEmpty() ? all : ready;
            if (!chosen.isEmpty()) {
                ReleaseSpec release = chosen.getLast().record().release();
                List<String> at = chosen.stream()
                        .map(instance -> "127.0.0.1:" + instance.record().port())
                        .toList();
                served.put(color, new ProxyRouting.Served(release.version(), at, release.slowMillis()));
            }
        }
        return served;
    }

    @Override
    public synchronized void drain(Color color) {
        Workload.Desired order = workload.desired().get(color);
        if (order != null) {
            workload = workload.with(color, new Workload.Desired(order.release(), order.replicas(), true));
        }
        of(color).forEach(Instance::drain);
        save();
    }

    @Override
    public synchronized List<String> collectEvidence(Color color) {
        String when = clock.instant().toString().replace(":", "").replaceAll("\\.\\d+", "");
        return new Evidence(settings.evidence().resolve(when + "-" + color.label()), proxy).collect(color, of(color));
    }

    @Override
    public synchronized void stop(Color color) {
        workload = workload.with(color, null);
        of(color).forEach(Instance::stop);
        save();
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true, true);
    }

    /** Makes what is ordered so, a step further; called several times a second. */
    synchronized void tick() {
        long nowNanos = nanos.getAsLong();
        boolean ending =
                instances.stream().anyMatch(instance -> instance.record().stopping());
        routes.refresh(this::served, ending);
        boolean changed = false;
        for (Instance instance : List.copyOf(instances)) {
            instance.tick(nowNanos, routes.inFlight(instance.record().port()));
            changed |= instance.takeChanged();
            if (instance.gone()) {
                instances.remove(instance);
                changed = true;
            }
        }
        if (changed) {
            save();
        }
    }

    /** Management ports of a colour's instances, ready ones first. */
    synchronized List<Integer> managementPorts(Color color) {
        return of(color).stream()
                .filter(instance -> instance.record().process() != null)
                .sorted(Comparator.comparing(instance -> !instance.ready()))
                .map(instance -> instance.record().managementPort())
                .toList();
    }

    synchronized List<Integer> readyPorts(Color color) {
        return of(color).stream()
                .filter(instance -> instance.record().process() != null && instance.ready())
                .map(instance -> instance.record().port())
                .toList();
    }

    /** Whether every instance has ended. */
    synchronized boolean empty() {
        return instances.isEmpty();
    }
}
