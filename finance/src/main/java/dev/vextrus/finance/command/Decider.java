package dev.vextrus.finance.command;

import java.util.List;

/**
 * Decides the commands of one aggregate. Pure: no clock, no random source, no store; what it needs is loaded for it.
 *
 * @param <C> the aggregate's commands, a sealed root
 */
public interface Decider<C extends FinanceCommand> {

    Class<C> commands();

    /**
     * The streams that deciding takes, as far as {@code known} tells: asked again with what was loaded until it names
     * nothing new. A stream that the command is about to begin under a new id need not be named.
     */
    List<Ref<?>> needs(C command, Known known);

    /** @param known holds all that {@link #needs} named */
    Decision decide(C command, Known known, Given given);
}
