package dev.vextrus.cli.rollout;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.rollout.view.Frame;
import dev.vextrus.cli.rollout.view.Watcher;
import dev.vextrus.rollout.report.HtmlReport;
import dev.vextrus.rollout.report.MarkdownReport;
import dev.vextrus.rollout.report.RolloutReport;
import dev.vextrus.rolloutlocal.FolderInUse;
import dev.vextrus.rolloutlocal.LocalTargetConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verbs that look at a rollout, and the one that ends its processes. */
final class RolloutVerbs {
    private RolloutVerbs() {}

    @Command(
            name = "status",
            description = "How a rollout stands.",
            footer = {
                "",
                "Examples:",
                "  vextrus rollout status plan.yaml",
                "  vextrus rollout status plan.yaml --json",
                "  vextrus rollout status till --namespace shop"
            })
    static final class Status implements Callable<Integer> {
        private final Output output;

        @Mixin
        private RolloutRef rollout = new RolloutRef();

        Status(Output output) {
            this.output = output;
        }

        @Override
        public Integer call() {
            RolloutFolder.Past past = rollout.place().past();
            Instant now = Instant.now();
            if (output.json()) {
                output.result(StatusFields.of(past.plan(), past.state(), now, null));
            } else {
                new Frame(output).lines(past.scene(now)).forEach(output::say);
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "watch",
            description = "Follow a rollout to its end; ctrl-C stops only the watching.",
            footer = {
                "",
                "Examples:",
                "  vextrus rollout watch plan.yaml",
                "  vextrus rollout watch till --namespace shop"
            })
    static final class Watch implements Callable<Integer> {
        private static final long LOOK_EVERY_MILLIS = 500;

        private final Output output;

        @Mixin
        private RolloutRef rollout = new RolloutRef();

        Watch(Output output) {
            this.output = output;
        }

        @Override
        public Integer call() throws IOException, InterruptedException {
            RolloutPlace place = rollout.place();
            try (Watcher watcher = new Watcher(output, true)) {
                while (true) {
                    RolloutFolder.Past past = place.past();
                    watcher.show(past.scene(Instant.now()));
                    if (past.state().stage().kind().ended()) {
                        if (output.json()) {
                            output.result(StatusFields.of(past.plan(), past.state(), Instant.now(), null));
                        }
                        return past.state().ending() == null ? ExitCode.DONE : ExitCode.ENDED_BADLY;
                    }
                    Thread.sleep(LOOK_EVERY_MILLIS);
                }
            }
        }
    }

    @Command(
            name = "history",
            description = "Every decision of a rollout, oldest first; the journal's hash chain is checked.",
            footer = {"", "Example:", "  vextrus rollout history plan.yaml"})
    static final class History implements Callable<Integer> {
        private final Output output;

        @Mixin
        private RolloutRef rollout = new RolloutRef();

        History(Output output) {
            this.output = output;
        }

        @Override
        public Integer call() {
            RolloutFolder.Past past = rollout.place().past();
            if (output.json()) {
                output.result(Map.of("history", past.notes()));
            } else {
                past.notes().forEach(note -> output.say(note.at() + " " + note.text()));
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "report",
            description = "The whole story as one HTML page, or as Markdown.",
            footer = {
                "",
                "Examples:",
                "  vextrus rollout report plan.yaml",
                "  vextrus rollout report plan.yaml --markdown"
            })
    static final class Report implements Callable<Integer> {
        private final Output output;

        @Mixin
        private RolloutRef rollout = new RolloutRef();

        @Option(names = "--markdown", description = "Print it as Markdown rather than write a page.")
        private boolean markdown;

        @Option(names = "--output", paramLabel = "FILE", description = "Where to write the page.")
        private @Nullable Path file;

        Report(Output output) {
            this.output = output;
        }

        @Override
        public Integer call() throws IOException {
            RolloutFolder.Past past = rollout.place().past();
            RolloutReport report = RolloutReport.of(past.entries(), past.state(), Instant.now())
                    .orElseThrow();
            if (markdown) {
                String text = MarkdownReport.render(report);
                output.answer(text, Map.of("markdown", text));
                return ExitCode.DONE;
            }
            String page = HtmlReport.render(report);
            Path written =
                    file == null ? Reports.write("rollout-" + past.plan().name(), page) : Files.writeString(file, page);
            output.answer(written.toString(), Map.of("report", written.toString()));
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "stop",
            description = "End the releases and the proxy that a rollout left serving.",
            footer = {"", "Examples:", "  vextrus rollout stop plan.yaml", "  vextrus rollout stop plan.yaml --forget"})
    static final class Stop implements Callable<Integer> {
        private final Output output;

        @Mixin
        private PlanFile plan = new PlanFile();

        @Option(names = "--forget", description = "Set the journal aside, so that the same release can begin afresh.")
        private boolean forget;

        Stop(Output output) {
            this.output = output;
        }

        @Override
        public Integer call() throws IOException {
            RolloutFolder folder = RolloutFolder.of(plan.require().name());
            if (!Files.isDirectory(folder.root())) {
                output.answer("nothing of it was ever started here", Map.of("stopped", false, "forgotten", false));
                return ExitCode.DONE;
            }
            try {
                LocalTargetConfiguration.cleanUp(folder.target(0));
            } catch (FolderInUse running) {
                throw Failure.unavailable(
                        "ROLLOUT_RUNNING",
                        String.valueOf(running.getMessage()),
                        "end 'vextrus rollout start' first: abort it, or ctrl-C",
                        running);
            }
            if (forget && Files.isDirectory(folder.journal())) {
                Files.move(
                        folder.journal(),
                        folder.root().resolve("journal-" + Instant.now().toEpochMilli()));
            }
            output.answer("stopped", Map.of("stopped", true, "forgotten", forget));
            return ExitCode.DONE;
        }
    }
}
