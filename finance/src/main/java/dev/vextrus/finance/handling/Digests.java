package dev.vextrus.finance.handling;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 over texts. */
final class Digests {

    private Digests() {}

    /** Lower-case hex over the texts in UTF-8, each ended by a zero byte so that no two lists run together. */
    static String sha256(List<String> texts) {
        return sha256(texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The same over texts that are encoded already. */
    static String sha256(Stream<byte[]> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            texts.forEachOrdered(text -> {
                digest.update(text);
                digest.update((byte) 0);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
