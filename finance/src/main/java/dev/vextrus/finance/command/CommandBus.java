package dev.vextrus.finance.command;

/** Carries a command to its decision and the decision into the log. */
public interface CommandBus {

    /**
     * Decides the command and appends what was decided; on return it is durable, or nothing happened. Blocks; call it on
     * a virtual thread. Outages of the store surface as its unchecked exception: nothing is known then, and trying again
     * with the same idempotency key is safe.
     */
    Outcome execute(CommandContext context, FinanceCommand command);
}
