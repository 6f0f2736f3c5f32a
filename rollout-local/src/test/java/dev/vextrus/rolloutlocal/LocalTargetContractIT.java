package dev.vextrus.rolloutlocal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.port.Target;
import dev.vextrus.rollout.port.TargetContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Processes behind the proxy keep what the engine asks of every target. */
class LocalTargetContractIT extends TargetContract {
    private static final Duration GENEROUS = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private TestWorkload test;

    @BeforeEach
    void open() {
        test = new TestWorkload(folder);
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Override
    protected Target target() {
        return test.workload.target();
    }

    @Override
    protected ReleaseSpec release(boolean canary) {
        return TestWorkload.release(canary ? "1.1.0" : "1.0.0", "good");
    }

    @Override
    protected void await(BooleanSupplier holds) {
        assertThat(Waiting.until(holds, GENEROUS, System::nanoTime)).isTrue();
    }
}
