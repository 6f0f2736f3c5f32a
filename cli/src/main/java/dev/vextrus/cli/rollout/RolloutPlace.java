package dev.vextrus.cli.rollout;

import dev.vextrus.rollout.engine.Command;

/** Where a rollout is: on this machine, or in a cluster. The verbs know no difference. */
interface RolloutPlace {

    /** @throws dev.vextrus.cli.output.Failure where there was no rollout, or it cannot be asked */
    RolloutFolder.Past past();

    /**
     * Puts a command where the rollout's controller finds it.
     *
     * @return whether a controller runs that will find it; true where that cannot be known
     */
    boolean send(Command command);
}
