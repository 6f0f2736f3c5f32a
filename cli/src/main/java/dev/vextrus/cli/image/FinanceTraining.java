package dev.vextrus.cli.image;

import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.warmth.TrainingRun;
import dev.vextrus.image.Training;
import java.time.Duration;
import java.util.List;

/** Lets the finance service train in the image's own runtime. */
public record FinanceTraining(Output output) implements Training {
    /**
     * A minute on two cores that are free; but an image is built once and started often, so a busy machine gets its time.
     */
    private static final Duration AT_MOST = Duration.ofMinutes(20);

    private static final Duration TOLD_EVERY = Duration.ofSeconds(30);

    @Override
    public boolean run(List<String> program) throws InterruptedException {
        try {
            TrainingRun.of(
                    program,
                    AT_MOST,
                    TOLD_EVERY,
                    gone -> output.progress(
                            "  it trains since " + gone.toSeconds() + " s, of at most " + AT_MOST.toSeconds() + " s"));
            return true;
        } catch (TrainingRun.Failed failed) {
            output.progress("  the training run failed: " + failed.getMessage());
            return false;
        }
    }
}
