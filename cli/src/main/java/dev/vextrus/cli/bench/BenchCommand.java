package dev.vextrus.cli.bench;

import dev.vextrus.benchmarks.eventstore.EventStoreBenchmark;
import dev.vextrus.benchmarks.eventstore.EventStoreReport;
import dev.vextrus.benchmarks.verdict.VerdictBenchmark;
import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The benchmarks. */
@Command(
        name = "bench",
        description = "Measure, and print the bound beside it.",
        footer = {
            "",
            "Examples:",
            "  vextrus bench eventstore",
            "  vextrus bench verdict --runs 20",
            "  vextrus bench rollout --help"
        })
public final class BenchCommand implements Runnable {

    /** Only its verbs do something. */
    @Override
    public void run() {
        throw Failure.usage("COMMAND_MISSING", "bench: no benchmark named", "try 'vextrus bench eventstore'");
    }

    /** Appends against the raw bound. */
    @Command(
            name = "eventstore",
            description =
                    "Appends of our event store, and what PostgreSQL itself writes of the same rows in the same run.",
            footer = {"", "Examples:", "  vextrus bench eventstore", "  vextrus bench eventstore --seconds 30 --json"})
    public static final class EventStore implements Callable<Integer> {
        private final Output output;

        @Option(
                names = "--clients",
                defaultValue = "512",
                description = "Commands at once (default: ${DEFAULT-VALUE}).")
        private int clients = 512;

        @Option(
                names = "--seconds",
                defaultValue = "10",
                description = "Seconds of each slice (default: ${DEFAULT-VALUE}).")
        private int seconds = 10;

        public EventStore(Output output) {
            this.output = output;
        }

        @Override
        public Integer call() {
            EventStoreReport report = EventStoreBenchmark.run(clients, seconds, output::progress);
            Map<String, Object> ours = new LinkedHashMap<>();
            ours.put("appendsPerSecond", report.appendsPerSecond());
            ours.put("p50Millis", report.p50Millis());
            ours.put("p99Millis", report.p99Millis());
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("clients", report.clients());
            fields.put("ours", ours);
            fields.put("raw", Map.of("appendsPerSecond", report.rawAppendsPerSecond()));
            fields.put("ratio", report.ratio());
            fields.put("leastMeanMillis", report.leastMeanMillis());
            fields.put("open", Map.of("appendsPerSecond", report.openPerSecond(), "p99Millis", report.openP99Millis()));
            fields.put("durability", report.durability());
            output.answer(report.text().stripTrailing(), fields);
            return ExitCode.DONE;
        }
    }

    /** Simulated rollouts under our verdict and the rivals' rules. */
    @Command(
            name = "verdict",
            description =
                    "False rollbacks and detection times of our verdict, the information bound and the rivals' rules.",
            footer = {"", "Examples:", "  vextrus bench verdict", "  vextrus bench verdict --runs 100 --json"})
    public static final class Verdict implements Callable<Integer> {
        private final Output output;

        @Option(
                names = "--runs",
                defaultValue = "20",
                description = "Simulated rollouts for each row (default: ${DEFAULT-VALUE}; about three minutes).")
        private int runs = 20;

        @Option(
                names = "--seed",
                defaultValue = "1",
                description = "Seed of the simulations (default: ${DEFAULT-VALUE}).")
        private long seed = 1;

        public Verdict(Output output) {
            this.output = output;
        }

        @Override
        public Integer call() {
            VerdictBenchmark.Table table = new VerdictBenchmark(runs, seed).run(output::say);
            if (output.json()) {
                output.result(JsonMapper.shared().convertValue(table, new TypeReference<Map<String, Object>>() {}));
            }
            return ExitCode.DONE;
        }
    }
}
