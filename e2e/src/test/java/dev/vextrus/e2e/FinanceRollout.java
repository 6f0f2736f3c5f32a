package dev.vextrus.e2e;

import dev.vextrus.cli.data.DataFolder;
import dev.vextrus.cli.demo.traffic.DemoTraffic;
import dev.vextrus.cli.demo.traffic.Pace;
import dev.vextrus.cli.demo.traffic.Population;
import dev.vextrus.cli.process.JavaProgram;
import dev.vextrus.cli.rollout.RolloutFolder;
import dev.vextrus.cli.token.TokenMint;
import dev.vextrus.embeddedpostgres.EmbeddedPostgres;
import dev.vextrus.embeddedpostgres.Roles;
import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.filejournal.FileJournal;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.planfile.Reading;
import dev.vextrus.rollout.planfile.ReleaseReader;
import dev.vextrus.rolloutlocal.LocalTargetConfiguration;
import dev.vextrus.rolloutlocal.LocalTargetSettings;
import dev.vextrus.rolloutlocal.LocalWorkload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real finance service under traffic, and one rollout of it after the other, each by {@code vextrus rollout start} as a
 * process of its own. Database and controller are in the test's hands. Nothing in the plan asks how fast the machine is.
 */
final class FinanceRollout implements AutoCloseable {
    /** At the speed below. */
    static final Duration BAKE = Duration.ofSeconds(8);

    private static final Duration LIMIT = Duration.ofMinutes(8);
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final int TENANTS = 8;
    private static final double PER_SECOND = 12;
    /** Two days become eight seconds. */
    private static final String SPEED = "21600";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final FrontDoor door = FrontDoor.from(FrontDoor.repository());
    private final String name = "finance-" + UUID.randomUUID();
    private final RolloutFolder rollout;
    private final DataFolder data;
    private final EmbeddedPostgres postgres;
    private final int port = Folders.freePort();
    private final LocalTargetSettings target;
    private @Nullable DemoTraffic traffic;
    private @Nullable Process controller;
    private int started;
    private int released;
    private int serving;

    private FinanceRollout(Path folder) {
        System.setProperty("vextrus.home", FrontDoor.repository().toString());
        this.folder = Folders.passable(folder);
        this.rollout = new RolloutFolder(
                FrontDoor.repository().resolve(".vextrus/rollouts").resolve(name));
        this.target = rollout.target(port);
        this.data = DataFolder.open(folder.resolve("data"));
        this.postgres = EmbeddedPostgres.start(data.root());
    }

    /** Starts the database and the first release, and gives it traffic. */
    static FinanceRollout open(Path folder) throws Exception {
        FinanceRollout opened = new FinanceRollout(folder);
        try {
            opened.serveFirst();
            return opened;
        } catch (Exception | AssertionError failed) {
            opened.close();
            throw failed;
        }
    }

    private void serveFirst() throws Exception {
        Path file = Files.writeString(folder.resolve("stable.yaml"), release(0));
        ReleaseSpec first = ((Reading.Valid<ReleaseSpec>) ReleaseReader.read(file)).value();
        try (LocalWorkload workload = LocalTargetConfiguration.open(target)) {
            workload.target().deploy(Color.BLUE, first, 1);
            Eventually.get(LIMIT, () -> workload.target().observe().ready(Color.BLUE) == 1 ? true : null);
            workload.target().route(new Routing(1, Color.BLUE, null, 0, List.of(), false));
        }
        traffic = new DemoTraffic(
                URI.create("http://127.0.0.1:" + port),
                new TokenMint(data.jwtSecret()),
                Population.of(TENANTS, 1),
                Pace.insisting(PER_SECOND),
                1,
                Instant.now());
        traffic.seed();
        traffic.warmUp(WARM_UP, () -> 0);
    }

    /** Plans the next release over the one that serves, and begins with it. */
    void release() throws IOException {
        released++;
        Files.writeString(folder.resolve("stable.yaml"), release(serving));
        Files.writeString(folder.resolve("canary.yaml"), release(released));
        Files.writeString(folder.resolve("plan.yaml"), """
                apiVersion: vextrus.dev/v1alpha1
                kind: PhasedRollout
                metadata:
                  name: %s
                spec:
                  target: local
                  stable: stable.yaml
                  canary: canary.yaml
                  stableReplicas: 1
                  rollback: {maxP95: 120s, p95RatioFloor: 120s}
                  phases:
                    - {traffic: 30, replicas: 1, bake: 48h, gates: {verdict: not-harmful, maxP95: 120s}}
                    - {traffic: 100, replicas: 1, bake: 6h, gates: {verdict: not-harmful, maxP95: 120s}}
                """.formatted(name));
        start();
    }

    private static String version(int number) {
        return "1." + number + ".0";
    }

    private String release(int number) {
        Map<String, String> environment =
                new TreeMap<>(Roles.provision(postgres).environment());
        environment.put("VEXTRUS_JWT_SECRET_FILE", data.jwtSecretFile().toString());
        environment.put("VEXTRUS_HTTP_PORT", "${PORT}");
        environment.put("VEXTRUS_MANAGEMENT_PORT", "${MANAGEMENT_PORT}");
        environment.put("VEXTRUS_RELEASE_VERSION", "${VERSION}");
        environment.put("VEXTRUS_RELEASE_COLOR", "${COLOR}");
        environment.put("VEXTRUS_READ_MODEL", "v" + (number + 1));
        List<String> flags = new ArrayList<>(JavaProgram.FINANCE_FLAGS);
        flags.addAll(JavaProgram.SHORT_LIVED);
        return """
                apiVersion: vextrus.dev/v1alpha1
                kind: Release
                metadata:
                  name: finance
                spec:
                  version: %s
                  command: %s
                  environment: %s
                  health: {path: /health/ready, port: public}
                  slowerThan: 60s
                  readyWithin: 240s
                """.formatted(
                        JSON.writeValueAsString(version(number)),
                        JSON.writeValueAsString(JavaProgram.FINANCE.command(flags, List.of(), List.of())),
                        JSON.writeValueAsString(environment));
    }

    /** Starts a controller: it begins the rollout, or takes it up again. */
    void start() throws IOException {
        started++;
        String plan = folder.resolve("plan.yaml").toString();
        controller = door.start(
                Map.of(), out(), err(), "rollout", "start", plan, "--speed", SPEED, "--port", "" + port, "--json");
    }

    private Path out() {
        return folder.resolve("controller-" + started + ".out");
    }

    private Path err() {
        return folder.resolve("controller-" + started + ".err");
    }

    /** Waits until the rollout, as its files say, is so. */
    RolloutState await(Predicate<RolloutState> wanted) throws Exception {
        return Eventually.get(LIMIT, () -> {
            RolloutState state = FileJournal.readCheckpoint(rollout.journal());
            if (!running().isAlive()) {
                throw new AssertionError("the controller ended: " + Files.readString(out()) + Files.readString(err()));
            }
            boolean its = state != null && state.roles().canaryVersion().equals(version(released));
            return its && wanted.test(state) ? state : null;
        });
    }

    private Process running() {
        if (controller == null) {
            throw new IllegalStateException("release() comes first");
        }
        return controller;
    }

    /** {@code kill -9} of the controller; what it looked after goes on. */
    void killController() throws Exception {
        Service.killOutright(running().pid());
    }

    /** {@code SIGSTOP}: it is there, holds its locks, and does nothing. Returns once it stands still. */
    void freezeController() throws Exception {
        FrontDoor.ask(List.of("kill", "-STOP", "" + running().pid()));
        Path status = Path.of("/proc/" + running().pid() + "/stat");
        Eventually.get(LIMIT, () -> Files.readString(status).contains(") T ") ? true : null);
    }

    void thawController() throws Exception {
        FrontDoor.ask(List.of("kill", "-CONT", "" + running().pid()));
    }

    /** {@code kill -9} of the database, which then is away until {@link #restartDatabase}. */
    void killDatabase() throws Exception {
        Service.killOutright(postgres.pid().orElseThrow());
    }

    void restartDatabase() {
        postgres.restart();
    }

    /** Answers of the new release that its callers have seen so far. */
    long answered() {
        if (traffic == null) {
            throw new IllegalStateException("open() comes first");
        }
        var track = traffic.tally().tracks().get(version(released));
        return track == null ? 0 : track.requests();
    }

    /** How the controller's command ended. */
    FrontDoor.Ended ended() throws Exception {
        if (!running().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the rollout did not end within " + LIMIT + ": " + Files.readString(err()));
        }
        if (last().stage().kind() == StageKind.COMPLETED) {
            serving = released;
        }
        return new FrontDoor.Ended(running().exitValue(), Files.readString(out()), Files.readString(err()));
    }

    /** The journal from where this release's rollout began. */
    List<JournalEntry> journal() {
        List<JournalEntry> own = new ArrayList<>();
        for (JournalEntry entry : FileJournal.read(rollout.journal())) {
            if (entry.what() instanceof JournalRecord.Started) {
                own.clear();
            }
            own.add(entry);
        }
        return own;
    }

    /** What was decided last. */
    RolloutState last() {
        RolloutState state = null;
        for (JournalEntry entry : journal()) {
            state = entry.what() instanceof JournalRecord.Decided decided ? decided.state() : state;
        }
        if (state == null) {
            throw new AssertionError("nothing was decided");
        }
        return state;
    }

    @Override
    public void close() throws IOException {
        if (traffic != null) {
            traffic.close();
        }
        if (controller != null && controller.isAlive()) {
            controller.destroyForcibly();
            controller.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        }
        LocalTargetConfiguration.cleanUp(target);
        postgres.close();
        Folders.delete(rollout.root());
    }
}
