package dev.vextrus.rolloutlocal;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RunSpec;
import org.jspecify.annotations.Nullable;

/**
 * What is written down of an instance, so that another controller finds it again.
 *
 * @param id such as {@code green-1}, kept over restarts
 * @param firstStartEpochMillis its first start
 * @param stopping whether it was told to end for good
 */
record InstanceRecord(
        String id,
        Color color,
        ReleaseSpec release,
        int port,
        int managementPort,
        long firstStartEpochMillis,
        boolean draining,
        boolean stopping,
        @JsonUnwrapped Life life) {

    /**
     * What became of it so far. In the file its fields stand beside the others, as they always have.
     *
     * @param starts how often it was started; written before each start
     * @param exits how often it ended without being told to
     * @param process null between the decision to start it and the start, and after its end
     * @param everReady whether it was ready once
     */
    record Life(
            int starts,
            int exits,
            @Nullable ProcessIdentity process,
            boolean everReady,
            @Nullable String lastExit) {
        static final Life NONE = new Life(0, 0, null, false, null);

        Life with(@Nullable ProcessIdentity next) {
            return new Life(starts, exits, next, everReady, lastExit);
        }
    }

    /** Ordered, and not started yet. */
    static InstanceRecord ordered(
            String id, Color color, ReleaseSpec release, int port, int managementPort, long epochMillis) {
        return new InstanceRecord(id, color, release, port, managementPort, epochMillis, false, false, Life.NONE);
    }

    /** @throws IllegalArgumentException where the release is no process */
    static RunSpec.Program program(ReleaseSpec release) {
        return switch (release.run()) {
            case RunSpec.Program program -> program;
            case RunSpec.PodTemplate _ ->
                throw new IllegalArgumentException("release: " + release.name() + " " + release.version()
                        + " is a pod template; the local target runs processes, so give it a command");
        };
    }

    RunSpec.Program program() {
        return program(release);
    }

    /** Where it answers for its health. */
    int healthPort() {
        return program().healthPort() == RunSpec.HealthPort.MANAGEMENT ? managementPort : port;
    }

    @Nullable
    ProcessIdentity process() {
        return life.process();
    }

    boolean everReady() {
        return life.everReady();
    }

    /** What marks the processes of the present start. */
    String mark(String folder) {
        return folder + "/" + id + "#" + life.starts();
    }

    InstanceRecord starting() {
        return living(new Life(life.starts() + 1, life.exits(), null, life.everReady(), life.lastExit()));
    }

    InstanceRecord running(@Nullable ProcessIdentity identity) {
        return living(life.with(identity));
    }

    InstanceRecord ended(String how) {
        return living(new Life(life.starts(), life.exits() + (stopping ? 0 : 1), null, life.everReady(), how));
    }

    InstanceRecord wasReady() {
        return living(new Life(life.starts(), life.exits(), life.process(), true, life.lastExit()));
    }

    InstanceRecord measuredAs(ReleaseSpec same) {
        return with(same, draining, stopping, life);
    }

    InstanceRecord marked(boolean isDraining, boolean isStopping) {
        return with(release, isDraining, isStopping, life);
    }

    private InstanceRecord living(Life next) {
        return with(release, draining, stopping, next);
    }

    private InstanceRecord with(ReleaseSpec same, boolean isDraining, boolean isStopping, Life next) {
        return new InstanceRecord(
                id, color, same, port, managementPort, firstStartEpochMillis, isDraining, isStopping, next);
    }
}
