package dev.vextrus.cli.bench;

import dev.vextrus.cli.demo.cluster.TrialGround;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.StageKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens around a release in the middle of its rollout, once. */
final class TrialMischief {
    private static final Duration INTO_THE_BAKE = Duration.ofSeconds(10);
    private static final Duration CONTROLLER_GONE_FOR = Duration.ofSeconds(30);

    private final TrialRow row;
    private final TrialGround ground;
    private @Nullable Instant bakesSince;
    private boolean done;

    TrialMischief(TrialRow row, TrialGround ground) {
        this.row = row;
        this.ground = ground;
    }

    /** @param now when the rollout was seen in {@code state} */
    void look(RolloutState state, Instant now) {
        if (done) {
            return;
        }
        switch (row) {
            case GOOD, ERRORS, NEVER_READY -> done = true;
            case SHARED_OUTAGE -> onceBaking(state, now, "/trial/outage?percent=30&seconds=20");
            case METRICS_LOST -> onceBaking(state, now, "/trial/silence?seconds=60");
            case CONTROLLER_GONE -> onceServing(state);
        }
    }

    private void onceBaking(RolloutState state, Instant now, String call) {
        if (state.stage().kind() != StageKind.BAKING) {
            return;
        }
        Instant since = bakesSince;
        if (since == null) {
            bakesSince = now;
        } else if (Duration.between(since, now).compareTo(INTO_THE_BAKE) >= 0) {
            done = true;
            ground.tellEveryPod(call);
        }
    }

    private void onceServing(RolloutState state) {
        if (state.routing().weight() > 0) {
            done = true;
            ground.operator().kill();
            Thread.startVirtualThread(() -> {
                try {
                    Thread.sleep(CONTROLLER_GONE_FOR);
                    ground.operator().startAgain();
                } catch (InterruptedException ending) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }
}
