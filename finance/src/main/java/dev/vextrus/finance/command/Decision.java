package dev.vextrus.finance.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a decider says to a command. */
public sealed interface Decision {

    /**
     * Do it.
     *
     * @param changes at least one, each stream at most once
     * @param guards streams that must not have moved since; lifecycle streams only (chart, account, period)
     * @param ids of what it made or changed, by kind
     */
    record Accepted(List<Change> changes, List<Ref<?>> guards, Map<String, String> ids) implements Decision {

        public Accepted {
            changes = List.copyOf(changes);
            guards = List.copyOf(guards);
            ids = Map.copyOf(ids);
        }
    }

    /** A rule forbids it. */
    record Refused(Refusal refusal) implements Decision {

        public Refused(Rule rule, String message, @Nullable String field, String remedy) {
            this(new Refusal(rule, message, field, remedy));
        }
    }

    /** The events that one stream gets. */
    record Change(Ref<?> stream, List<Fact> facts) {

        public Change {
            facts = List.copyOf(facts);
        }

        public static Change of(Ref<?> stream, FinanceEvent... events) {
            return new Change(stream, List.of(events).stream().map(Fact::of).toList());
        }
    }

    /**
     * An event that is about to happen.
     *
     * @param series the gapless series to draw its number from, where it has one; the number comes with the append
     */
    record Fact(FinanceEvent event, @Nullable String series) {

        public static Fact of(FinanceEvent event) {
            return new Fact(event, null);
        }
    }
}
