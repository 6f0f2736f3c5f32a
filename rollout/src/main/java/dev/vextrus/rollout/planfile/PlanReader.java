package dev.vextrus.rollout.planfile;

import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.planfile.Problem.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a {@code PhasedRollout} and the two releases that it names. */
public final class PlanReader {
    static final SchemaCheck SCHEMA = new SchemaCheck("phased-rollout.schema.json");

    private PlanReader() {}

    public static Reading<RolloutPlan> read(Path file) {
        return switch (FileText.read(file)) {
            case Reading.Valid<String>(String text) -> read(text, file);
            case Reading.Invalid<String>(List<Problem> problems) -> new Reading.Invalid<>(problems);
        };
    }

    /** @param file names the text in problems; release files are found relative to it */
    public static Reading<RolloutPlan> read(String text, Path file) {
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
        problems.addAll(PlanRules.check(yaml, spec));
        Optional<ReleaseSpec> stable = release(yaml, spec, "stable", file, problems);
        Optional<ReleaseSpec> canary = release(yaml, spec, "canary", file, problems);
        if (stable.isPresent() && canary.isPresent()) {
            problems.addAll(PlanRules.checkReleases(yaml, spec, stable.get(), canary.get()));
        }
        if (!problems.isEmpty() || stable.isEmpty() || canary.isEmpty()) {
            return new Reading.Invalid<>(problems);
        }
        return new Reading.Valid<>(
                PlanFields.plan(root.group("metadata").text("name", ""), spec, stable.get(), canary.get()));
    }

    private static Optional<ReleaseSpec> release(
            YamlText yaml, Fields spec, String which, Path file, List<Problem> problems) {
        Path path = file.resolveSibling(spec.text(which, ""));
        if (!Files.exists(path)) {
            problems.add(yaml.problem(
                    Code.BAD_VALUE,
                    spec.at(which),
                    "there is no file " + path,
                    "give the path of a release.yaml, relative to the plan"));
            return Optional.empty();
        }
        return switch (ReleaseReader.read(path)) {
            case Reading.Valid<ReleaseSpec>(ReleaseSpec release) -> Optional.of(release);
            case Reading.Invalid<ReleaseSpec>(List<Problem> found) -> {
                problems.addAll(found);
                yield Optional.empty();
            }
        };
    }
}
