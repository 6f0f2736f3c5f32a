package dev.vextrus.finance.query;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list.
 *
 * @param first how many at most, 1 to {@value #MAX}
 * @param after the cursor to go on behind; null: from the beginning
 */
public record PageRequest(int first, @Nullable String after) {
    public static final int MAX = 500;

    /** @throws BadPage if {@code first} is out of range */
    public PageRequest {
        if (first < 1 || first > MAX) {
            throw new BadPage("first: " + first + " is not between 1 and " + MAX);
        }
    }
}
