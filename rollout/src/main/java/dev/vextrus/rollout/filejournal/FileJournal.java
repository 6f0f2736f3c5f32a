package dev.vextrus.rollout.filejournal;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.port.JournalFenced;
import dev.vextrus.rollout.port.RolloutJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder with {@code journal.jsonl}, one chained entry a line, each synced before {@link #append} returns, and {@code
 * state.json}, the newest watched state. Whoever has it open holds a lock on {@code journal.lock}; and before each write the
 * file must be as long as this writer left it, so that even without working locks a second writer is noticed.
 */
public final class FileJournal implements RolloutJournal {
    private final FileChannel lockFile;
    private final FileChannel file;
    private final List<JournalEntry> entries;
    private final Checkpoint checkpoint;
    private long length;

    private FileJournal(FileChannel lockFile, FileChannel file, List<JournalEntry> entries, Checkpoint checkpoint)
            throws IOException {
        this.lockFile = lockFile;
        this.file = file;
        this.entries = entries;
        this.checkpoint = checkpoint;
        this.length = file.size();
    }

    /**
     * Opens or creates the journal in {@code folder}. A last line that was torn by a crash is cut off: whoever wrote it was
     * never told that it was written.
     *
     * @throws JournalFenced if another controller has it open
     * @throws JournalTampered if an entry does not fit the chain, or entries are missing at the end
     */
    public static FileJournal open(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel lockFile = FileChannel.open(
                    folder.resolve("journal.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock(folder, lockFile);
            Path path = folder.resolve("journal.jsonl");
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            JournalText text = JournalText.read(path);
            if (text.length() < file.size()) {
                file.truncate(text.length());
                file.force(true);
            }
            Checkpoint checkpoint = new Checkpoint(folder.resolve("state.json"));
            long known = checkpoint.sequence();
            if (known > text.entries().size()) {
                throw new JournalTampered("journal in " + folder + " ends at entry "
                        + text.entries().size() + ", but its checkpoint was made after entry " + known);
            }
            return new FileJournal(lockFile, file, new ArrayList<>(text.entries()), checkpoint);
        } catch (IOException e) {
            throw new UncheckedIOException("journal in " + folder + " cannot be opened", e);
        }
    }

    /**
     * Reads a journal that another process may be writing.
     *
     * @throws JournalTampered if an entry does not fit the chain
     */
    public static List<JournalEntry> read(Path folder) {
        try {
            Path path = folder.resolve("journal.jsonl");
            return Files.exists(path) ? JournalText.read(path).entries() : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("journal in " + folder + " cannot be read", e);
        }
    }

    /**
     * The state watched since the last entry of a journal that another process may be writing; null where the last entry is
     * newer than what was watched.
     */
    public static @Nullable RolloutState readCheckpoint(Path folder) {
        Checkpoint checkpoint = new Checkpoint(folder.resolve("state.json"));
        return checkpoint.sequence() >= read(folder).size() ? checkpoint.state() : null;
    }

    @Override
    public synchronized JournalEntry append(JournalRecord what, Instant at) {
        try {
            mine();
            String previous =
                    entries.isEmpty() ? JournalText.GENESIS : entries.getLast().hash();
            JournalEntry entry = JournalText.chained(entries.size() + 1L, at, what, previous);
            ByteBuffer line = ByteBuffer.wrap((JournalText.line(entry) + "\n").getBytes(StandardCharsets.UTF_8));
            write(line);
            entries.add(entry);
            return entry;
        } catch (IOException e) {
            throw new UncheckedIOException("journal cannot be written", e);
        }
    }

    /** All of it or nothing: a part that a full disk let through must not be taken for another controller's entry. */
    private void write(ByteBuffer line) throws IOException {
        long end = length;
        try {
            while (line.hasRemaining()) {
                end += file.write(line, end);
            }
            file.force(true);
            length = end;
        } finally {
            if (length != end) {
                file.truncate(length);
            }
        }
    }

    @Override
    public synchronized List<JournalEntry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public synchronized void checkpoint(RolloutState state) {
        try {
            mine();
            checkpoint.write(entries.size(), state);
        } catch (IOException e) {
            throw new UncheckedIOException("journal cannot be written", e);
        }
    }

    @Override
    public synchronized @Nullable RolloutState checkpointed() {
        return checkpoint.sequence() == entries.size() ? checkpoint.state() : null;
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("journal cannot be closed", e);
        }
    }

    private void mine() throws IOException {
        if (file.size() != length) {
            throw new JournalFenced("the journal is " + file.size() + " bytes long where this controller left " + length
                    + ": another controller writes it");
        }
    }

    private static void lock(Path folder, FileChannel lockFile) throws IOException {
        try {
            FileLock lock = lockFile.tryLock();
            if (lock != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            lockFile.close();
            throw fenced(folder);
        }
        lockFile.close();
        throw fenced(folder);
    }

    private static JournalFenced fenced(Path folder) {
        return new JournalFenced("another controller has the journal in " + folder
                + " open; use pause, resume, promote or abort to reach it");
    }
}
