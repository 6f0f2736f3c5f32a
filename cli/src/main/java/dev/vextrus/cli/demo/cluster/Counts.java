package dev.vextrus.cli.demo.cluster;

import dev.vextrus.cli.demo.traffic.Tally;
import java.time.Instant;
import java.util.Map;

/**
 * What a trial's customers saw.
 *
 * @param tracks by version of the release that answered
 * @param dropped requests that no release answered
 * @param why what the last of them met; empty where there was none, or nobody knows
 */
public record Counts(Map<String, Track> tracks, long dropped, String why) {

    /** What the callers saw of one release; the times are by this machine's clock. */
    public record Track(Tally.View seen, Instant first, Instant last) {
        static final Track NONE = new Track(new Tally.View(0, 0, 0), Instant.MIN, Instant.MIN);
    }

    public Track of(String version) {
        return tracks.getOrDefault(version, Track.NONE);
    }

    public long failed() {
        return dropped
                + tracks.values().stream().mapToLong(t -> t.seen().failed()).sum();
    }

    public long requests() {
        return dropped
                + tracks.values().stream().mapToLong(t -> t.seen().requests()).sum();
    }
}
