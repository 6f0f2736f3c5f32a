package dev.vextrus.rollout.planfile;

import dev.vextrus.rollout.plan.Placeholders;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RunSpec;
import dev.vextrus.rollout.plan.RunSpec.HealthPort;
import dev.vextrus.rollout.planfile.Problem.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code release.yaml}. */
public final class ReleaseReader {
    private static final SchemaCheck SCHEMA = new SchemaCheck("release.schema.json");
    private static final int SLOW_MILLIS = 300;
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);

    private ReleaseReader() {}

    public static Reading<ReleaseSpec> read(Path file) {
        return switch (FileText.read(file)) {
            case Reading.Valid<String>(String text) -> read(text, file);
            case Reading.Invalid<String>(List<Problem> problems) -> new Reading.Invalid<>(problems);
        };
    }

    /** @param file names the text in problems; its folder is the default working directory */
    public static Reading<ReleaseSpec> read(String text, Path file) {
        YamlText yaml = YamlText.parse(file.toString(), text);
        List<Problem> problems = new ArrayList<>(yaml.problems());
        if (problems.isEmpty()) {
            problems.addAll(SCHEMA.check(yaml));
        }
        if (!problems.isEmpty()) {
            return new Reading.Invalid<>(problems);
        }
        Fields root = Fields.of(yaml.root());
        Fields spec = root.group("spec");
        placeholders(yaml, spec, problems);
        return problems.isEmpty()
                ? new Reading.Valid<>(release(root.group("metadata").text("name", ""), spec, file))
                : new Reading.Invalid<>(problems);
    }

    private static ReleaseSpec release(String name, Fields spec, Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path base = folder == null ? Path.of("/") : folder;
        Fields health = spec.group("health");
        RunSpec.Program process = new RunSpec.Program(
                spec.texts("command"),
                spec.textMap("environment"),
                base.resolve(spec.text("workingDirectory", ".")).normalize().toString(),
                health.text("path", "/health/ready"),
                health.text("port", "public").equals("management") ? HealthPort.MANAGEMENT : HealthPort.PUBLIC,
                health.has("live") ? health.text("live", "") : null,
                mebibytes(spec));
        return new ReleaseSpec(
                name,
                spec.text("version", ""),
                process,
                spec.millis("slowerThan", SLOW_MILLIS),
                spec.duration("readyWithin", READY_WITHIN));
    }

    private static @Nullable Integer mebibytes(Fields spec) {
        if (!spec.has("memoryLimit")) {
            return null;
        }
        String size = spec.text("memoryLimit", "");
        int amount = Integer.parseInt(size.substring(0, size.length() - 3));
        return size.endsWith("GiB") ? amount * 1024 : amount;
    }

    private static void placeholders(YamlText yaml, Fields spec, List<Problem> problems) {
        List<String> command = spec.texts("command");
        for (int i = 0; i < command.size(); i++) {
            unknown(yaml, spec.at("command") + "[" + i + "]", command.get(i), problems);
        }
        Map<String, String> environment = spec.textMap("environment");
        environment.forEach((name, value) -> unknown(yaml, spec.at("environment") + "." + name, value, problems));
    }

    private static void unknown(YamlText yaml, String field, String text, List<Problem> problems) {
        for (String name : Placeholders.unknownIn(text)) {
            String guess = Suggestions.closest(name, Placeholders.KNOWN);
            problems.add(yaml.problem(
                    Code.BAD_VALUE,
                    field,
                    "${" + name + "} is not a placeholder",
                    guess.isEmpty() ? "use one of " + Placeholders.KNOWN : "did you mean ${" + guess + "}?"));
        }
    }
}
