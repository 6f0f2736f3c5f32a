package dev.vextrus.finance.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bounds on free text, so that nothing is accepted that the log or a reader of it could not carry. */
public final class Texts {
    public static final int MAX_LINE = 200;
    public static final int MAX_MEMO = 2000;
    public static final int MAX_KEYS = 50;

    private Texts() {}

    /** A refusal if {@code text} is longer than {@code max} characters or holds a control character other than a line end or tab. */
    public static @Nullable Refusal check(String field, String text, int max) {
        if (text.length() > max) {
            return new Refusal(
                    Rule.TEXT_INVALID,
                    field + " has " + text.length() + " characters, " + max + " are allowed",
                    field,
                    "shorten it to " + max + " characters");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((Character.isISOControl(c) && c != '\n' && c != '\t') || isLoneSurrogate(text, i)) {
                return new Refusal(
                        Rule.TEXT_INVALID,
                        field + " holds the character U+%04X at place %d".formatted((int) c, i + 1),
                        field,
                        "take it out");
            }
        }
        return null;
    }

    /** As {@link #check(String, String, int)}, and it must not be blank. */
    public static @Nullable Refusal checkPresent(String field, String text, int max) {
        return text.isBlank()
                ? new Refusal(Rule.TEXT_INVALID, field + " is empty", field, "write 1 to " + max + " characters")
                : check(field, text, max);
    }

    /** At most {@link #MAX_KEYS} keys of 1 to 100 characters, values of at most {@link #MAX_MEMO}. */
    public static @Nullable Refusal check(String field, Map<String, String> texts) {
        if (texts.size() > MAX_KEYS) {
            return new Refusal(
                    Rule.TEXT_INVALID,
                    field + " has " + texts.size() + " keys, " + MAX_KEYS + " are allowed",
                    field,
                    "leave out what is not needed");
        }
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Refusal refusal = checkPresent(field + " key", text.getKey(), 100);
            if (refusal == null) {
                refusal = check(field + "." + text.getKey(), text.getValue(), MAX_MEMO);
            }
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private static boolean isLoneSurrogate(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
