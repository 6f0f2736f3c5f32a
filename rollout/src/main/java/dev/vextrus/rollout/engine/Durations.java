package dev.vextrus.rollout.engine;

import java.time.Duration;

/** Durations as people say them. */
public final class Durations {
    private Durations() {}

    /** The two largest units that are not zero, such as {@code 2d 4h}, {@code 90s} or {@code 350ms}. */
    public static String say(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds == 0) {
            return duration.toMillis() + "ms";
        }
        if (seconds < 120) {
            return seconds + "s";
        }
        if (seconds < 7200) {
            return join(duration.toMinutes(), "m", duration.toSecondsPart(), "s");
        }
        return duration.toHours() < 72
                ? join(duration.toHours(), "h", duration.toMinutesPart(), "m")
                : join(duration.toDays(), "d", duration.toHoursPart(), "h");
    }

    private static String join(long large, String largeUnit, long small, String smallUnit) {
        return small == 0 ? large + largeUnit : large + largeUnit + " " + small + smallUnit;
    }
}
