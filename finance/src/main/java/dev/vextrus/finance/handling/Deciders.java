package dev.vextrus.finance.handling;

import dev.vextrus.finance.command.Decider;
import dev.vextrus.finance.command.Decision;
import dev.vextrus.finance.command.FinanceCommand;
import dev.vextrus.finance.command.Given;
import dev.vextrus.finance.command.Known;
import dev.vextrus.finance.command.Known.At;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.command.StreamKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The deciders of this release, each for the commands of its aggregate. */
public final class Deciders {
    private static final int MAX_ROUNDS = 10;

    private final List<Decider<?>> deciders;

    public Deciders(List<Decider<?>> deciders) {
        this.deciders = List.copyOf(deciders);
    }

    /**
     * Loads what the command needs and decides it.
     *
     * @param also streams to load besides
     */
    Decided decide(FinanceCommand command, Given given, List<Ref<?>> also, Function<Ref<?>, At> load) {
        for (Decider<?> decider : deciders) {
            Decided decided = decideBy(decider, command, given, also, load);
            if (decided != null) {
                return decided;
            }
        }
        throw new IllegalStateException(
                "command: no decider for " + command.getClass().getSimpleName());
    }

    private static <C extends FinanceCommand> @Nullable Decided decideBy(
            Decider<C> decider, FinanceCommand command, Given given, List<Ref<?>> also, Function<Ref<?>, At> load) {
        if (!decider.commands().isInstance(command)) {
            return null;
        }
        C own = decider.commands().cast(command);
        Known known = Known.nothing();
        try {
            known = gather(decider, own, also, load);
            return new Decided(known, decider.decide(own, known, given));
        } catch (ArithmeticException tooLarge) {
            return new Decided(
                    known,
                    new Decision.Refused(
                            Rule.AMOUNT_TOO_LARGE,
                            "an amount does not fit: " + tooLarge.getMessage(),
                            null,
                            "split it into smaller ones"));
        }
    }

    private static <C extends FinanceCommand> Known gather(
            Decider<C> decider, C command, List<Ref<?>> also, Function<Ref<?>, At> load) {
        Known known = Known.nothing();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<Ref<?>> wanted = new ArrayList<>(decider.needs(command, known));
            wanted.addAll(also);
            Map<StreamKey, At> more = new HashMap<>();
            for (Ref<?> stream : wanted) {
                if (!known.has(stream) && !more.containsKey(stream.key())) {
                    more.put(stream.key(), load.apply(stream));
                }
            }
            if (more.isEmpty()) {
                return known;
            }
            known = known.and(more);
        }
        throw new IllegalStateException(
                "decider: asks for ever more streams for " + command.getClass().getSimpleName());
    }

    /** A decision, and what it was made on. */
    record Decided(Known known, Decision decision) {}
}
