package dev.vextrus.cli.serve;

import dev.vextrus.cli.data.DataFolder;
import dev.vextrus.cli.output.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Says that one command runs the service of a folder. The system takes it back however that command ends. */
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Empty where another command holds it. */
    static Optional<FolderLock> tryTake(DataFolder folder) {
        try {
            FileChannel channel = FileChannel.open(
                    folder.root().resolve("serve.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return Optional.of(new FolderLock(channel));
                }
            } catch (OverlappingFileLockException ofThisProcess) {
                // Taken as well, only nearer.
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw Failure.unavailable(
                    "DATA_UNREADABLE",
                    "--data: " + folder.root() + " cannot be locked (" + e.getMessage() + ")",
                    "check who owns it, or name another folder with --data DIR",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
