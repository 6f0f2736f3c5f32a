package dev.vextrus.finance.bulk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds what is not UTF-8. A buffering reader cannot say where: it has read on by then. */
final class Utf8 {
    private static final int BUFFER = 8192;

    private Utf8() {}

    /** The line, from 1 and as an editor counts, of the first bytes that are no UTF-8; the last line where all are. */
    static long brokenLine(Path file) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
        CharBuffer chars = CharBuffer.allocate(BUFFER);
        long line = 1;
        char before = 0;
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            while (true) {
                boolean end = channel.read(bytes) < 0;
                CoderResult result = decoder.decode(bytes.flip(), chars, end);
                chars.flip();
                while (chars.hasRemaining()) {
                    char next = chars.get();
                    if (next == '\r' || (next == '\n' && before != '\r')) {
                        line++;
                    }
                    before = next;
                }
                if (result.isError() || end) {
                    return line;
                }
                chars.clear();
                bytes.compact();
            }
        }
    }
}
