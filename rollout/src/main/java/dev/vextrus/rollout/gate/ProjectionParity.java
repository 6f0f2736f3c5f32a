package dev.vextrus.rollout.gate;

import dev.vextrus.rollout.observation.ParityPage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Whether both releases hold the same canonical facts at the same cuts of the log (SPEC R8). */
public final class ProjectionParity {
    private ProjectionParity() {}

    /** A tenant whose digests differ at a cut. */
    public record Differing(long position, String tenant) {}

    /**
     * @param compared digests compared
     * @param cursor the last cut that both have, or where the comparison began
     */
    public record Comparison(long compared, List<Differing> differing, long cursor) {
        public Comparison {
            differing = List.copyOf(differing);
        }
    }

    /** Compares the cuts that both pages hold; one release may be ahead of the other. */
    public static Comparison compare(ParityPage stable, ParityPage canary, long after) {
        Map<Long, Map<String, String>> canaryCuts = new HashMap<>();
        canary.cuts().forEach(cut -> canaryCuts.put(cut.position(), cut.tenants()));
        List<Differing> differing = new ArrayList<>();
        long compared = 0;
        long cursor = after;
        for (ParityPage.Cut cut : stable.cuts()) {
            Map<String, String> theirs = canaryCuts.get(cut.position());
            if (theirs == null) {
                continue;
            }
            cursor = Math.max(cursor, cut.position());
            TreeSet<String> tenants = new TreeSet<>(cut.tenants().keySet());
            tenants.addAll(theirs.keySet());
            for (String tenant : tenants) {
                compared++;
                String mine = cut.tenants().get(tenant);
                if (mine == null || !mine.equals(theirs.get(tenant))) {
                    differing.add(new Differing(cut.position(), tenant));
                }
            }
        }
        return new Comparison(compared, differing, cursor);
    }

    /** The facts of one tenant that differ, side by side. */
    public static Difference sideBySide(
            String tenant, long position, Map<String, String> stable, Map<String, String> canary) {
        TreeSet<String> names = new TreeSet<>(stable.keySet());
        names.addAll(canary.keySet());
        List<String> left = new ArrayList<>();
        List<String> right = new ArrayList<>();
        for (String name : names) {
            String mine = stable.getOrDefault(name, "absent");
            String theirs = canary.getOrDefault(name, "absent");
            if (!mine.equals(theirs)) {
                left.add(name + " = " + mine);
                right.add(name + " = " + theirs);
            }
        }
        return new Difference("facts of " + tenant + " at log position " + position, left, right);
    }
}
