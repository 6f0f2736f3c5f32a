package dev.vextrus.rollout.planfile;

import java.util.List;

/** What came of reading a file. */
public sealed interface Reading<T> {

    record Valid<T>(T value) implements Reading<T> {}

    /** @param problems in the order of their places; never empty */
    record Invalid<T>(List<Problem> problems) implements Reading<T> {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
