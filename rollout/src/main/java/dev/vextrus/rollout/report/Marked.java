package dev.vextrus.rollout.report;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * One line of a difference, cut where it differs from the other side's.
 *
 * @param before what both have
 * @param differs what only this side has, in whole words and figures; empty where the other side has the same line
 * @param after what both have
 */
public record Marked(String before, String differs, String after) {
    private static final int NEAR_BEFORE = 40;
    private static final int NEAR_AFTER = 10;

    /** The lines of {@code own}. Those that the other side has too, in whatever place, differ in nothing. */
    public static List<Marked> lines(List<String> own, List<String> other) {
        List<String> others = new ArrayList<>(other);
        List<Boolean> shared = new ArrayList<>();
        own.forEach(line -> shared.add(others.remove(line)));
        Iterator<String> opposite = others.iterator();
        List<Marked> marked = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            String line = own.get(i);
            marked.add(
                    shared.get(i)
                            ? new Marked(line, "", "")
                            : against(line, opposite.hasNext() ? opposite.next() : ""));
        }
        return marked;
    }

    private static Marked against(String line, String other) {
        int most = Math.min(line.length(), other.length());
        int from = 0;
        while (from < most && line.charAt(from) == other.charAt(from)) {
            from++;
        }
        int same = 0;
        while (same < most - from && line.charAt(line.length() - 1 - same) == other.charAt(other.length() - 1 - same)) {
            same++;
        }
        int to = line.length() - same;
        while (from > 0 && isOfWord(line.charAt(from - 1))) {
            from--;
        }
        while (to < line.length() && isOfWord(line.charAt(to))) {
            to++;
        }
        return from < to
                ? new Marked(line.substring(0, from), line.substring(from, to), line.substring(to))
                : new Marked("", line, "");
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
    }

    public boolean same() {
        return differs.isEmpty();
    }

    /** Its first word, and what differs with a little of what stands around it, for a narrow page. */
    public String excerpt() {
        String kind = before.substring(0, before.indexOf(' ') + 1);
        int left = before.length() - kind.length();
        return kind
                + (left <= NEAR_BEFORE
                        ? before.substring(kind.length())
                        : "..." + before.substring(before.length() - NEAR_BEFORE))
                + differs
                + (after.length() <= NEAR_AFTER ? after : after.substring(0, NEAR_AFTER) + "...");
    }

    String text() {
        return before + differs + after;
    }
}
