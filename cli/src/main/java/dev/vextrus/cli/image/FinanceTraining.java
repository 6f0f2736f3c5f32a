package dev.vextrus.cli.image;

import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.warmth.TrainingRun;
import dev.vextrus.image.Training;
import java.time.Duration;
import java.util.List;

/** Lets the finance service train in the image's own runtime. */
record FinanceTraining(Output output) implements Training {
    private static final Duration AT_MOST = Duration.ofMinutes(4);

    @Override
    public boolean run(List<String> program) throws InterruptedException {
        try {
            TrainingRun.of(program, AT_MOST);
            return true;
        } catch (TrainingRun.Failed failed) {
            output.progress("  the training run failed: " + failed.getMessage());
            return false;
        }
    }
}
