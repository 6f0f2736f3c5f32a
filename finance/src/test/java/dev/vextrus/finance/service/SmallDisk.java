package dev.vextrus.finance.service;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A disk mounted for a test, that can be filled to its last byte and given room again. */
final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 1 << 20;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Skips the test, and says so, where this user may not mount. */
    static SmallDisk at(Path folder, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Process mount = new ProcessBuilder(
                        "mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m,mode=755", "tmpfs", folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(
                mount.waitFor() == 0,
                "SKIPPED: this user may not mount a small disk (" + said.strip()
                        + "), so nothing was shown here of a full one");
        return new SmallDisk(folder);
    }

    Path folder() {
        return folder;
    }

    /** Takes whatever room there is now. What others give back later is room again: call it until it has its effect. */
    void fill() {
        try (FileChannel file = FileChannel.open(
                ballast(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            int size = BLOCK;
            while (size > 0) {
                size = isWritten(file, size) ? size : size / 2;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean isWritten(FileChannel file, int size) {
        try {
            return file.write(ByteBuffer.allocate(size)) == size;
        } catch (IOException full) {
            return false;
        }
    }

    /** Gives the room back. */
    void empty() throws IOException {
        Files.deleteIfExists(ballast());
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    /** Unmounts it, though a process that is ending may still have a file open. */
    @Override
    public void close() throws IOException {
        try {
            new ProcessBuilder("umount", "--lazy", folder.toString()).start().waitFor();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + folder + " was unmounted", stop);
        }
    }
}
