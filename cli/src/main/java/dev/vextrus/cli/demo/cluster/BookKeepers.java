package dev.vextrus.cli.demo.cluster;

import dev.vextrus.cli.demo.traffic.DemoTraffic;
import dev.vextrus.cli.demo.traffic.Pace;
import dev.vextrus.cli.demo.traffic.Population;
import dev.vextrus.cli.demo.traffic.Tally;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.process.ProcessorUse;
import dev.vextrus.cli.token.TokenMint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Tenants who post, invoice and pay through the cluster's gateway: the traffic of the demo on one machine. */
final class BookKeepers implements Customers {
    private static final Duration WARM_UP = Duration.ofSeconds(12);
    private static final int CONNECT_MILLIS = 3_000;
    private static final String NOBODY = "unknown";

    private final DemoTraffic traffic;

    private BookKeepers(DemoTraffic traffic) {
        this.traffic = traffic;
    }

    /**
     * Makes the tenants' books, and lets requests arrive at a rising rate until that has settled.
     *
     * @throws Failure if the gateway cannot be reached from here, or the service refuses
     */
    static BookKeepers start(TrialGround ground, byte[] tokenSecret, int tenants, Pace pace, long seed)
            throws InterruptedException {
        URI entry = URI.create(ground.entry().url());
        requireReachable(entry);
        ground.output().progress("making " + tenants + " tenants");
        DemoTraffic traffic = ground.cleanup()
                .add(new DemoTraffic(
                        entry,
                        ground.entry().host(),
                        new TokenMint(tokenSecret),
                        Population.of(tenants, seed),
                        pace,
                        seed,
                        Instant.now()));
        traffic.seed();
        ground.output()
                .progress("traffic on stable for " + WARM_UP.toSeconds()
                        + " s, so that there is something to compare with");
        double rate = traffic.warmUp(WARM_UP, new ProcessorUse());
        ground.output()
                .progress(
                        rate < pace.wanted()
                                ? "the processors are busy: going on with %.0f requests/s instead of %.0f (--rate insists)"
                                        .formatted(rate, pace.wanted())
                                : "traffic has risen to %.0f requests/s".formatted(rate));
        return new BookKeepers(traffic);
    }

    private static void requireReachable(URI entry) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(entry.getHost(), entry.getPort()), CONNECT_MILLIS);
        } catch (IOException unreachable) {
            throw Failure.unavailable(
                    "GATEWAY_UNREACHABLE",
                    "the gateway " + entry + " is not reached from here: " + unreachable.getMessage(),
                    "run it where the gateway's address can be reached, or use --service light",
                    unreachable);
        }
    }

    /** An answer that names no release is the gateway's own: nobody was behind it. */
    @Override
    public Counts counts() {
        Tally tally = traffic.tally();
        Map<String, Counts.Track> tracks = new TreeMap<>();
        tally.tracks().forEach((version, seen) -> {
            if (!version.equals(NOBODY)) {
                tracks.put(
                        version,
                        new Counts.Track(
                                seen, Instant.MIN, tally.lastAnswer(version).orElse(Instant.MIN)));
            }
        });
        Tally.View unnamed = tally.tracks().getOrDefault(NOBODY, new Tally.View(0, 0, 0));
        return new Counts(tracks, tally.dropped() + unnamed.requests(), "");
    }

    @Override
    public void close() {
        traffic.close();
    }
}
