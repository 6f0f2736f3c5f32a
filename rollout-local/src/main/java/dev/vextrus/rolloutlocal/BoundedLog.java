package dev.vextrus.rolloutlocal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a process prints. The process writes to the file itself, so that it prints on when the controller is gone; a
 * file past its bound is copied aside and cut, which is safe since the process appends. What is printed in between the
 * two is lost.
 *
 * @param maxBytes size past which it is cut; with the one set aside, the log takes about twice that
 */
public record BoundedLog(Path file, long maxBytes) {
    private static final int ENOUGH_BYTES = 16_384;

    private static final Pattern ERROR =
            Pattern.compile("^Caused by: |^Exception in thread|\\b(ERROR|FATAL|SEVERE)\\b|^[\\w.]+(Exception|Error): ");

    /** Copies the file aside and empties it, once it is past the bound. */
    public void trim() {
        try {
            if (Files.exists(file) && Files.size(file) > maxBytes) {
                Path aside = file.resolveSibling(file.getFileName() + ".1");
                setAside(aside);
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(0);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("log: " + file + " cannot be trimmed", failed);
        }
    }

    /** Where there is no room for it, what was printed is given up: the disk needs the room more. */
    private void setAside(Path aside) throws IOException {
        try {
            Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException noRoom) {
            Files.deleteIfExists(aside);
        }
    }

    /** The last bytes as text; empty where nothing was printed. */
    String tail(int bytes) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, log.length() - bytes);
            byte[] tail = new byte[(int) (log.length() - from)];
            log.seek(from);
            log.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8);
        } catch (IOException nothingYet) {
            return "";
        }
    }

    /** What a person is told of it: the last line that tells of an error, else the last one, or that there is none. */
    String ending() {
        List<String> lines =
                tail(ENOUGH_BYTES).lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty()) {
            return "it printed nothing";
        }
        return lines.stream()
                        .filter(line -> ERROR.matcher(line).find())
                        .reduce((a, b) -> b)
                        .filter(line -> !line.equals(lines.getLast()))
                        .map(line -> "its log tells of an error: " + line.strip() + "; ")
                        .orElse("")
                + "its log ends with: " + lines.getLast().strip();
    }
}
