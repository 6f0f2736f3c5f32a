package dev.vextrus.rollout.planfile;

import java.util.Collection;
import java.util.Locale;

/** What somebody probably meant. */
public final class Suggestions {
    private Suggestions() {}

    /** The known word that is fewest edits away; empty if none is near. */
    public static String closest(String given, Collection<String> known) {
        String closest = "";
        int fewest = Math.max(2, given.length() / 3) + 1;
        for (String candidate : known) {
            int edits = edits(given.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (edits < fewest) {
                fewest = edits;
                closest = candidate;
            }
        }
        return closest;
    }

    /** Levenshtein's distance, two rows at a time. */
    private static int edits(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[to.length()];
    }
}
