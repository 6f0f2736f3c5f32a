package dev.vextrus.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files that go into an image together, owned by root and writable by nobody else. Links are followed: what the image
 * holds are plain files.
 */
final class Layer {
    private static final FilePermissions FILE = FilePermissions.fromOctalString("644");
    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");
    private static final FilePermissions FOLDER = FilePermissions.fromOctalString("755");
    private static final FilePermissions SHARED_FOLDER = FilePermissions.fromOctalString("777");

    private final String name;
    private final List<FileEntry> entries = new ArrayList<>();

    Layer(String name) {
        this.name = name;
    }

    /** One file; executable in the image where it is executable here. */
    Layer file(Path here, String there) {
        entries.add(entry(here, there, Files.isExecutable(here) ? PROGRAM : FILE));
        return this;
    }

    /** An empty folder that everybody may write to, for where no volume is mounted. */
    Layer sharedFolder(Path anyFolder, String there) {
        entries.add(entry(anyFolder, there, SHARED_FOLDER));
        return this;
    }

    /** A folder with all that is in it, in order of names: the order on disk is the machine's own. */
    Layer folder(Path here, String there) throws IOException {
        try (Stream<Path> all = Files.walk(here)) {
            for (Path path : all.sorted(Comparator.comparing(Path::toString)).toList()) {
                String target = path.equals(here) ? there : there + "/" + here.relativize(path);
                if (Files.isDirectory(path)) {
                    entries.add(entry(path, target, FOLDER));
                } else {
                    file(path, target);
                }
            }
            return this;
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    /** What its files take, unpacked. */
    long bytes() {
        return entries.stream()
                .map(FileEntry::getSourceFile)
                .filter(Files::isRegularFile)
                .mapToLong(file -> file.toFile().length())
                .sum();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    FileEntriesLayer build() {
        return FileEntriesLayer.builder().setName(name).setEntries(entries).build();
    }

    private static FileEntry entry(Path here, String there, FilePermissions permissions) {
        return new FileEntry(here, AbsoluteUnixPath.get(there), permissions, Fixed.TIME, "0:0");
    }
}
