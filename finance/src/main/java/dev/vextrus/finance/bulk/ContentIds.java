package dev.vextrus.finance.bulk;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;

/** Ids that follow from what they name, so that importing the same again meets what is there. */
final class ContentIds {

    private ContentIds() {}

    /**
     * A version 8 UUID (RFC 9562, section 5.8) of the first 122 usable bits of the content's SHA-256, the ordinal added
     * to the last of them.
     *
     * @param ordinal 1 for the first of equal contents
     */
    static UUID of(String contentHash, int ordinal) {
        ByteBuffer hash = ByteBuffer.wrap(HexFormat.of().parseHex(contentHash));
        long most = (hash.getLong() & ~0xF000L) | 0x8000L;
        long least = ((hash.getLong() + ordinal) & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }
}
