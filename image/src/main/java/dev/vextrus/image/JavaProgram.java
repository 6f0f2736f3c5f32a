package dev.vextrus.image;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How a program of this house is run in an image.
 *
 * @param module the folder of the repository whose {@code target/app} is its class path
 * @param modules of the JDK that it needs, with those that they need in turn; found by {@code jdeps} and by running it
 * @param flags of its JVM
 * @param environment what differs in a container from the program's own defaults
 * @param ports it listens on
 */
record JavaProgram(
        String module,
        String mainClass,
        List<String> arguments,
        SortedSet<String> modules,
        List<String> flags,
        Map<String, String> environment,
        List<Integer> ports) {

    /** A container's memory is its limit: half of it for the heap leaves room for threads, classes and buffers. */
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:MaxRAMPercentage=50",
            "-Xss512k",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED");

    /** Of a program that is mostly its runtime: the second compiler would be half of its memory. */
    private static final List<String> SMALL_FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx24m",
            "-Xss256k",
            "-XX:ReservedCodeCacheSize=16m",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData");

    static final JavaProgram FINANCE = new JavaProgram(
            "finance",
            "dev.vextrus.finance.FinanceApplication",
            List.of(),
            modules(
                    "java.desktop",
                    "java.instrument",
                    "java.net.http",
                    "java.prefs",
                    "java.security.jgss",
                    "java.sql",
                    "jdk.httpserver",
                    "jdk.jfr",
                    "jdk.management",
                    "jdk.unsupported"),
            FLAGS,
            Map.of("VEXTRUS_HTTP_ADDRESS", "0.0.0.0", "VEXTRUS_MANAGEMENT_ADDRESS", "0.0.0.0"),
            List.of(3014, 9090));

    static final JavaProgram PROXY = new JavaProgram(
            "proxy",
            "dev.vextrus.proxy.ProxyApplication",
            List.of(),
            modules("java.desktop", "java.net.http", "java.sql", "jdk.jfr", "jdk.management", "jdk.unsupported"),
            FLAGS,
            Map.of("VEXTRUS_PROXY_ADDRESS", "0.0.0.0"),
            List.of(8080));

    static final JavaProgram OPERATOR = new JavaProgram(
            "cli",
            "dev.vextrus.cli.Vextrus",
            List.of(),
            modules(
                    "java.desktop",
                    "java.instrument",
                    "java.net.http",
                    "java.security.jgss",
                    "java.sql",
                    "jdk.httpserver",
                    "jdk.jfr",
                    "jdk.management",
                    "jdk.unsupported"),
            FLAGS,
            Map.of(),
            List.of());

    static final JavaProgram TILL = new JavaProgram(
            "demo-releases",
            "dev.vextrus.demoreleases.till.TillApplication",
            List.of(),
            modules("java.net.http", "jdk.httpserver"),
            SMALL_FLAGS,
            Map.of(),
            List.of(8080, 9090));

    private static SortedSet<String> modules(String... named) {
        return new TreeSet<>(List.of(named));
    }
}
