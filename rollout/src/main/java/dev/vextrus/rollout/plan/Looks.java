package dev.vextrus.rollout.plan;

import java.time.Duration;

/**
 * How often the rollout looks.
 *
 * @param afterShift pause between looks during {@code shiftWatch} after a weight change and while anything moves
 * @param shiftWatch how long the quick looks last
 * @param baking pause between later looks
 * @param integrity pause between integrity and parity checks during a bake
 * @param extension time that a bake is extended by, once, when its criteria are not met
 */
public record Looks(Duration afterShift, Duration shiftWatch, Duration baking, Duration integrity, Duration extension) {

    public static final Looks DEFAULTS = new Looks(
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofHours(24));
}
