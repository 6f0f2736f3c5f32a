package dev.vextrus.rolloutlocal;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RunSpec;
import org.jspecify.annotations.Nullable;

/**
 * What is written down of an instance, so that another controller finds it again.
 *
 * @param id such as {@code green-1}, kept over restarts
 * @param starts how often it was started; written before each start
 * @param exits how often it ended without being told to
 * @param process null between the decision to start it and the start
 * @param firstStartEpochMillis its first start
 * @param stopping whether it was told to end for good
 */
record InstanceRecord(
        String id,
        Color color,
        ReleaseSpec release,
        int port,
        int managementPort,
        int starts,
        int exits,
        @Nullable ProcessIdentity process,
        long firstStartEpochMillis,
        boolean everReady,
        boolean draining,
        boolean stopping,
        @Nullable String lastExit) {

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

    /** What marks the processes of the present start. */
    String mark(String folder) {
        return folder + "/" + id + "#" + starts;
    }

    InstanceRecord starting() {
        return new InstanceRecord(
                id,
                color,
                release,
                port,
                managementPort,
                starts + 1,
                exits,
                null,
                firstStartEpochMillis,
                everReady,
                draining,
                stopping,
                lastExit);
    }

    InstanceRecord running(@Nullable ProcessIdentity identity) {
        return new InstanceRecord(
                id,
                color,
                release,
                port,
                managementPort,
                starts,
                exits,
                identity,
                firstStartEpochMillis,
                everReady,
                draining,
                stopping,
                lastExit);
    }

    InstanceRecord ended(String how) {
        return new InstanceRecord(
                id,
                color,
                release,
                port,
                managementPort,
                starts,
                exits + (stopping ? 0 : 1),
                null,
                firstStartEpochMillis,
                everReady,
                draining,
                stopping,
                how);
    }

    InstanceRecord measuredAs(ReleaseSpec same) {
        return new InstanceRecord(
                id,
                color,
                same,
                port,
                managementPort,
                starts,
                exits,
                process,
                firstStartEpochMillis,
                everReady,
                draining,
                stopping,
                lastExit);
    }

    InstanceRecord wasReady() {
        return new InstanceRecord(
                id,
                color,
                release,
                port,
                managementPort,
                starts,
                exits,
                process,
                firstStartEpochMillis,
                true,
                draining,
                stopping,
                lastExit);
    }

    InstanceRecord marked(boolean isDraining, boolean isStopping) {
        return new InstanceRecord(
                id,
                color,
                release,
                port,
                managementPort,
                starts,
                exits,
                process,
                firstStartEpochMillis,
                everReady,
                isDraining,
                isStopping,
                lastExit);
    }
}
