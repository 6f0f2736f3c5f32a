package dev.vextrus.cli.demo;

import dev.vextrus.cli.data.DataFolder;
import dev.vextrus.cli.demo.traffic.DemoTraffic;
import dev.vextrus.cli.demo.traffic.Pace;
import dev.vextrus.cli.demo.traffic.Population;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.process.Cleanup;
import dev.vextrus.cli.rollout.RolloutFolder;
import dev.vextrus.cli.token.TokenMint;
import dev.vextrus.cli.warmth.FinanceCache;
import dev.vextrus.embeddedpostgres.EmbeddedPostgres;
import dev.vextrus.embeddedpostgres.EmbeddedPostgresException;
import dev.vextrus.embeddedpostgres.Roles;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rolloutlocal.LocalTargetConfiguration;
import dev.vextrus.rolloutlocal.LocalWorkload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Everything that a demo runs on: a database, the stable release behind the proxy, tenants with books, traffic. */
final class DemoGround {
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    private final Output output;
    private final Cleanup cleanup;
    private final Path folder;
    private final DataFolder data;
    private final Path evidence;

    /**
     * Made below the system's folder for temporary files, which every user may pass through.
     *
     * @param evidence folder for what is kept of a release that went back; it outlives the demo
     */
    DemoGround(Output output, Cleanup cleanup, Path evidence) throws IOException {
        this.output = output;
        this.cleanup = cleanup;
        this.evidence = evidence;
        this.folder = Files.createTempDirectory(
                "vextrus-demo", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        cleanup.add(() -> deleteAll(folder));
        this.data = DataFolder.open(folder.resolve("data"));
    }

    /** The rollout's own folder. */
    RolloutFolder rollout() {
        return new RolloutFolder(folder.resolve("rollout"));
    }

    /** Starts the database; the plan's releases will run on it. */
    RolloutPlan plan(DemoRelease release, double speed) throws IOException, InterruptedException {
        FinanceCache.prepare(output);
        output.progress("starting PostgreSQL");
        try {
            EmbeddedPostgres postgres = cleanup.add(EmbeddedPostgres.start(data.root()));
            Roles roles = Roles.provision(postgres);
            return new DemoFiles(folder, roles.environment(), data.jwtSecretFile()).plan(release, speed);
        } catch (EmbeddedPostgresException e) {
            throw Failure.unavailable(
                    "DATABASE_NOT_STARTED", String.valueOf(e.getMessage()), "see the message above", e);
        }
    }

    /** Starts the proxy and the stable release behind it, and gives all traffic to it. */
    LocalWorkload stable(RolloutPlan plan) throws InterruptedException {
        output.progress("starting the proxy and finance " + plan.stable().version());
        LocalWorkload workload =
                LocalTargetConfiguration.open(rollout().shortLivedTarget().withEvidence(evidence));
        cleanup.add(workload::cleanUp);
        workload.target().deploy(Color.BLUE, plan.stable(), 1);
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (workload.target().observe().ready(Color.BLUE) < 1) {
            if (System.nanoTime() > deadline) {
                throw Failure.unavailable(
                        "STABLE_NOT_READY",
                        "finance " + plan.stable().version() + " is not ready after " + READY_WITHIN.toSeconds()
                                + " s: " + workload.target().observe().of(Color.BLUE),
                        "end what else runs on this machine, and try again");
            }
            Thread.sleep(50);
        }
        workload.target().route(new Routing(1, Color.BLUE, null, 0, List.of(), false));
        return workload;
    }

    /** Makes the tenants and their books; requests do not arrive yet. */
    DemoTraffic traffic(LocalWorkload workload, int tenants, Pace pace, long seed) throws InterruptedException {
        output.progress("making " + tenants + " tenants");
        DemoTraffic traffic = cleanup.add(new DemoTraffic(
                URI.create("http://127.0.0.1:" + workload.proxyPort()),
                new TokenMint(data.jwtSecret()),
                Population.of(tenants, seed),
                pace,
                seed,
                Instant.now()));
        traffic.seed();
        return traffic;
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
