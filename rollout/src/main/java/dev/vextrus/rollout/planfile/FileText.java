package dev.vextrus.rollout.planfile;

import dev.vextrus.rollout.planfile.Problem.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The text of a plan's or release's file, which is UTF-8. */
final class FileText {
    private FileText() {}

    static Reading<String> read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            String why = Files.exists(file) ? "cannot be read" : "does not exist";
            return invalid(file, 0, "the file " + why, "check the path and its permissions");
        }
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return new Reading.Valid<>(text.toString());
        } catch (CharacterCodingException e) {
            return invalid(file, lineOfFirstFault(bytes), "the file is not UTF-8", remedy(bytes));
        }
    }

    private static String remedy(byte[] bytes) {
        boolean utf16 = bytes.length >= 2 && (bytes[0] & 0xFF) + (bytes[1] & 0xFF) == 0xFF + 0xFE;
        return utf16
                ? "it looks like UTF-16: save it as UTF-8"
                : "save it as UTF-8; from Latin-1, for instance: iconv -f ISO-8859-1 -t UTF-8";
    }

    private static int lineOfFirstFault(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult fault = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        if (!fault.isError()) {
            return 0;
        }
        return 1 + (int) out.flip().chars().filter(c -> c == '\n').count();
    }

    private static Reading<String> invalid(Path file, int line, String message, String remedy) {
        return new Reading.Invalid<>(List.of(
                new Problem(Code.FILE_UNREADABLE, file.toString(), line, line == 0 ? 0 : 1, "", message, remedy)));
    }
}
