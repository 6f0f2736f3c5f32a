package dev.vextrus.finance.bulk.http;

import dev.vextrus.finance.database.CannotStart;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where uploads wait on disk while they are read. They are customers' books, so only the service's user may look, and each
 * process keeps them in a folder of its own that it holds a lock in: a killed process leaves its folder behind, and whoever
 * starts next deletes what nobody holds any more.
 */
final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rwx------");
    private static final String LOCK = "lock";
    /** Of this JVM. POSIX drops a process's lock where it closes any channel on the file, so these are never looked at. */
    private static final Set<Path> OURS = new HashSet<>();

    private final Path folder;
    private Claim claim;

    private record Claim(Path folder, FileChannel lock) {}

    private Spool(Path folder) throws IOException {
        this.folder = folder;
        this.claim = claim(folder);
    }

    /**
     * Sweeps, and claims a folder of its own.
     *
     * @param parent where the users' folders are made; must be there
     * @throws CannotStart where it cannot be written to, or somebody else was there before
     */
    static Spool in(Path parent) {
        String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
        Path folder = parent.resolve("vextrus-spool-" + user);
        try {
            return new Spool(madeOrFound(folder));
        } catch (IOException unusable) {
            throw new CannotStart(
                    "VEXTRUS_SPOOL_FOLDER: " + folder + " cannot be written to (" + unusable.getMessage()
                            + "); name a folder that this user may write to",
                    unusable);
        }
    }

    /** An empty file that is this process's alone; whoever asks for it deletes it. */
    synchronized Path newFile() throws IOException {
        if (!Files.isDirectory(claim.folder)) {
            // Some systems clear their temporary files of what nobody used for days.
            release(claim);
            claim = claim(folder);
        }
        return Files.createTempFile(claim.folder, "import-", ".csv");
    }

    @Override
    public synchronized void close() throws IOException {
        release(claim);
    }

    private static Path madeOrFound(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
        } catch (FileAlreadyExistsException found) {
            LOG.debug("the spool's folder is there already", found);
        }
        boolean sound = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && OWNER_ALONE.containsAll(Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS));
        if (!sound) {
            throw new CannotStart("VEXTRUS_SPOOL_FOLDER: " + folder
                    + " is not a folder for its owner alone; delete it, or name another place");
        }
        return folder.toRealPath();
    }

    /** By turns, so that nobody sweeps what another is about to lock. */
    private static Claim claim(Path folder) throws IOException {
        synchronized (OURS) {
            try (FileChannel turn = FileChannel.open(
                            folder.resolve("turn"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = turn.lock()) {
                sweep(folder);
                Path own = Files.createTempDirectory(folder, "process-");
                if (!Files.getOwner(own).equals(Files.getOwner(folder))) {
                    throw new CannotStart("VEXTRUS_SPOOL_FOLDER: " + folder
                            + " belongs to somebody else; delete it, or name another place");
                }
                FileChannel lock =
                        FileChannel.open(own.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                lock.lock();
                OURS.add(own);
                return new Claim(own, lock);
            }
        }
    }

    private static void release(Claim claim) throws IOException {
        synchronized (OURS) {
            OURS.remove(claim.folder);
            delete(claim.folder);
            claim.lock.close();
        }
    }

    private static void sweep(Path folder) throws IOException {
        for (Path found : list(folder)) {
            try {
                if (Files.isDirectory(found, LinkOption.NOFOLLOW_LINKS) && !OURS.contains(found) && isLeft(found)) {
                    LOG.info("deleting uploads that a process left behind: {}", found);
                    delete(found);
                }
            } catch (IOException stays) {
                LOG.warn("what a process left behind cannot be deleted: {}", found, stays);
            }
        }
    }

    /** Whether no process is alive that holds it. */
    private static boolean isLeft(Path found) throws IOException {
        try (FileChannel channel = FileChannel.open(found.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (NoSuchFileException killedBeforeItsLock) {
            return true;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            for (Path file : list(folder)) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.toList();
        }
    }
}
