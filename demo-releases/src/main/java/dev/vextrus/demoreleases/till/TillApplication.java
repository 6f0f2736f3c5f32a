package dev.vextrus.demoreleases.till;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A till that answers every request with its version; or, with the argument {@code traffic}, those who ask it. It is made
 * of the JDK alone, and one of its pods takes some 40 MiB.
 *
 * <p>TILL_VERSION, TILL_COLOR; TILL_FAULT: how it misbehaves; TILL_STOP_MILLIS: how long it serves on after it was told to
 * end, until every router knows. For traffic: TRAFFIC_URL, TRAFFIC_HOST, TRAFFIC_PER_SECOND, TRAFFIC_PER_CONNECTION.
 */
public final class TillApplication {
    private static final int SERVING = 8080;
    private static final int MANAGEMENT = 9090;
    private static final int LINES = 8;

    private TillApplication() {}

    public static void main(String... arguments) throws IOException {
        // Answers of a few bytes on connections that stay open must not wait for more.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // A line gives its connection up now and then, and asks for a host that the router's address is not called by.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "connection,host");
        Map<String, String> environment = System.getenv();
        if (arguments.length > 0 && arguments[0].equals("traffic")) {
            traffic(environment);
        } else {
            till(environment);
        }
    }

    private static void till(Map<String, String> environment) throws IOException {
        Mishap mishap = Mishap.labelled(environment.getOrDefault("TILL_FAULT", "none"));
        if (mishap == Mishap.CRASH) {
            throw new IllegalStateException("dies at start, as told");
        }
        Till till = new Till(
                environment.getOrDefault("TILL_VERSION", "0"),
                environment.getOrDefault("TILL_COLOR", ""),
                mishap,
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextInt(100));
        TillServers servers = TillServers.open(till, SERVING, MANAGEMENT);
        long stopMillis = Long.parseLong(environment.getOrDefault("TILL_STOP_MILLIS", "3000"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> servers.stop(stopMillis)));
    }

    private static void traffic(Map<String, String> environment) throws IOException {
        Traffic traffic = new Traffic(
                URI.create(environment.getOrDefault("TRAFFIC_URL", "http://localhost:" + SERVING + "/")),
                environment.getOrDefault("TRAFFIC_HOST", ""),
                Integer.parseInt(environment.getOrDefault("TRAFFIC_PER_CONNECTION", "0")),
                System::currentTimeMillis);
        traffic.start(LINES, Double.parseDouble(environment.getOrDefault("TRAFFIC_PER_SECOND", "50")));
        TillServers.traffic(traffic, MANAGEMENT);
    }
}
