package dev.vextrus.proxy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Requests per second through the proxy beside the direct path, from the same clients to the same upstream. */
public final class ThroughputBenchmark {
    private ThroughputBenchmark() {}

    /** @param arguments seconds per round (5) and clients (32) */
    public static void main(String[] arguments) {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int clients = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 32;
        try (TestUpstream upstream = TestUpstream.named("{\"data\":{\"ok\":true}}");
                ProxyFixture fixture = new ProxyFixture()) {
            fixture.route(ProxyFixture.routing(1, upstream.address(), "", 0, ProxyFixture.BY_REQUEST));
            int direct = Integer.parseInt(upstream.address().substring("127.0.0.1:".length()));
            rate(direct, seconds, clients);
            rate(fixture.proxy.port(), seconds, clients);
            for (int round = 0; round < 3; round++) {
                double straight = rate(direct, seconds, clients);
                double through = rate(fixture.proxy.port(), seconds, clients);
                System.out.printf(
                        "direct %.0f/s, through the proxy %.0f/s, ratio %.2f%n", straight, through, through / straight);
            }
        }
    }

    private static double rate(int port, int seconds, int clients) {
        try (LoadClient load = new LoadClient(port, clients)) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            return load.answered.get() / ((System.nanoTime() - start) / 1e9);
        }
    }
}
