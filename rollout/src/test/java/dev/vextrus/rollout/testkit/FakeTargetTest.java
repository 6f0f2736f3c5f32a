package dev.vextrus.rollout.testkit;

import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.port.Target;
import dev.vextrus.rollout.port.TargetContract;
import java.time.Duration;
import java.util.function.BooleanSupplier;

class FakeTargetTest extends TargetContract {
    private final VirtualClock clock = new VirtualClock();
    private final FakeTarget target = new FakeTarget(clock);

    @Override
    protected Target target() {
        return target;
    }

    @Override
    protected ReleaseSpec release(boolean canary) {
        return Plans.release(canary ? "1.1.0" : "1.0.0");
    }

    @Override
    protected void await(BooleanSupplier holds) {
        for (int i = 0; i < 60 && !holds.getAsBoolean(); i++) {
            clock.advance(Duration.ofSeconds(1));
        }
        if (!holds.getAsBoolean()) {
            throw new AssertionError("not within a minute of virtual time");
        }
    }
}
