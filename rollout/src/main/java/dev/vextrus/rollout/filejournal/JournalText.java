package dev.vextrus.rollout.filejournal;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.json.RolloutJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/**
 * The text of a journal. A line is {@code hash previous sequence at json}; the hash covers the bytes of the line after it, so
 * that it can be checked with any tool that knows SHA-256, and whatever later versions make of the JSON.
 *
 * @param length bytes up to the end of the last whole line
 */
public record JournalText(List<JournalEntry> entries, long length) {
    /** What the first entry follows. */
    public static final String GENESIS = "0".repeat(64);

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) (([0-9a-f]{64}) (\\d+) (\\S+) (.*))");

    static JournalText read(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        List<JournalEntry> entries = new ArrayList<>();
        String previous = GENESIS;
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                String line = new String(bytes, from, i - from, StandardCharsets.UTF_8);
                JournalEntry entry = parse(line, entries.size() + 1L, previous);
                entries.add(entry);
                previous = entry.hash();
                from = i + 1;
            }
        }
        return new JournalText(List.copyOf(entries), from);
    }

    /** The entry that follows the one with the hash {@code previous}. */
    public static JournalEntry chained(long sequence, Instant at, JournalRecord what, String previous) {
        return new JournalEntry(sequence, at, what, previous, sha256(body(sequence, at, what, previous)));
    }

    public static String line(JournalEntry entry) {
        return entry.hash() + " " + body(entry.sequence(), entry.at(), entry.what(), entry.previous());
    }

    private static String body(long sequence, Instant at, JournalRecord what, String previous) {
        String json = RolloutJson.mapper().writerFor(JournalRecord.class).writeValueAsString(what);
        return previous + " " + sequence + " " + at + " " + json;
    }

    /**
     * @param expected the sequence that the entry must have
     * @param previous the hash that it must follow
     * @throws JournalTampered if it was changed, or does not follow
     */
    public static JournalEntry parse(String line, long expected, String previous) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new JournalTampered(
                    "journal entry " + expected + " is not of the form hash previous sequence time json");
        }
        if (!matcher.group(1).equals(sha256(matcher.group(2)))) {
            throw new JournalTampered("journal entry " + expected + " was changed: its hash does not fit its text");
        }
        if (!matcher.group(3).equals(previous) || !matcher.group(4).equals(Long.toString(expected))) {
            throw new JournalTampered(
                    "journal entry " + expected + " does not follow the one before: something was taken out or put in");
        }
        try {
            JournalRecord what = RolloutJson.mapper().readValue(matcher.group(6), JournalRecord.class);
            return new JournalEntry(expected, Instant.parse(matcher.group(5)), what, previous, matcher.group(1));
        } catch (JacksonException e) {
            throw new IllegalStateException(
                    "journal entry " + expected + " is whole, but of a form that this version cannot read", e);
        }
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
