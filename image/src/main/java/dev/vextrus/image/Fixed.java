package dev.vextrus.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;

/** The one time that every file of an image bears, so that the same content gives the same bytes. */
final class Fixed {
    static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private Fixed() {}

    /** Gives it to all files of a folder: a cache of classes is only used beside files as old as those it was made from. */
    static void stamp(Path folder) throws IOException {
        FileTime time = FileTime.from(TIME);
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                Files.setLastModifiedTime(file, time);
            }
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }
}
