package dev.vextrus.cli.demo.cluster;

import dev.vextrus.cli.rollout.RolloutFolder;
import dev.vextrus.rollout.report.HtmlReport;
import dev.vextrus.rollout.report.RolloutReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** A rollout that is followed from its beginning to its end. */
public final class Watched {
    private static final int LOOK_MILLIS = 500;

    private final TrialGround ground;
    private final String before;

    /** From now on: whatever rollout begins after the one that is there. */
    public Watched(TrialGround ground) {
        this.ground = ground;
        this.before = ground.rollout().latest().map(past -> past.state().id()).orElse("");
    }

    /**
     * @param seen each look at it
     * @param atMost after which nobody waits for its end
     * @return how it stood at the end, or when nobody waited any longer; empty where none began
     */
    public Optional<RolloutFolder.Past> follow(Consumer<RolloutFolder.Past> seen, Duration atMost)
            throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        Optional<RolloutFolder.Past> now = Optional.empty();
        while (System.nanoTime() < deadline) {
            now = ground.rollout().latest().filter(past -> !past.state().id().equals(before));
            now.ifPresent(seen);
            if (now.isPresent() && now.get().state().stage().kind().ended()) {
                return now;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return now;
    }

    /** @param now until when a rollout that has not ended is told */
    public static String report(RolloutFolder.Past past, Instant now) {
        return HtmlReport.render(
                RolloutReport.of(past.entries(), past.state(), now).orElseThrow());
    }
}
