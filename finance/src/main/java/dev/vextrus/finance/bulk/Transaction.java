package dev.vextrus.finance.bulk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A transaction as the file has it, nothing interpreted yet.
 *
 * @param row the line of its first posting
 * @param index the number that the file gives it, which shifts when another is put in before it
 */
record Transaction(
        long row,
        String index,
        String date,
        String secondDate,
        String status,
        String code,
        String description,
        String comment,
        List<Line> lines) {

    Transaction {
        lines = List.copyOf(lines);
    }

    /** A posting of it. */
    record Line(long row, String account, String amount, String commodity, String status, String comment) {

        /** How much there is to keep of it. */
        long characters() {
            return (long) account.length() + amount.length() + commodity.length() + status.length() + comment.length();
        }
    }

    /** SHA-256, in hex, over all that makes it this transaction: everything but its place in the file. */
    String contentHash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            List.of(date, secondDate, status, code, description, comment).forEach(text -> update(digest, text));
            for (Line line : lines) {
                List.of(line.account, line.amount, line.commodity, line.status, line.comment)
                        .forEach(text -> update(digest, text));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
