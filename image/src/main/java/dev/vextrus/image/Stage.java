package dev.vextrus.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program's jars as they will lie in the image.
 *
 * @param folder holds the jars alone
 */
record Stage(Path folder) {
    /** In the image. */
    static final String IN_IMAGE = "/app";

    private static final String OWN = "vextrus-";
    private static final String LAST = "zz-";

    /**
     * Copies the jars of {@code target/app}.
     *
     * @param extra jars that come last on the class path: a cache of classes fits every longer class path too
     */
    static Stage of(Path app, List<Path> extra, Path folder) throws IOException {
        if (!Files.isDirectory(app)) {
            throw new CannotBuild(
                    "nothing is built: " + app + " is missing",
                    "run './vextrus' without VEXTRUS_NO_BUILD, or 'mvn package -DskipTests'");
        }
        delete(folder);
        Files.createDirectories(folder);
        for (Path jar : list(app)) {
            Files.copy(jar, folder.resolve(jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
        for (Path jar : extra) {
            Files.copy(jar, folder.resolve(LAST + jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Fixed.stamp(folder);
        return new Stage(folder);
    }

    /** A program that is one jar. */
    static Stage of(Path jar, Path folder) throws IOException {
        delete(folder);
        Files.createDirectories(folder);
        Files.copy(jar, folder.resolve(jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        Fixed.stamp(folder);
        return new Stage(folder);
    }

    /** Our own jars change with every commit, the others with a version. */
    List<Path> own() throws IOException {
        return list(folder).stream().filter(jar -> isOwn(jar)).toList();
    }

    List<Path> libraries() throws IOException {
        return list(folder).stream().filter(jar -> !isOwn(jar)).toList();
    }

    /** In one order everywhere, unlike a wildcard's: a cache of classes is tied to it. */
    String classPath(String base) throws IOException {
        return String.join(
                ":",
                list(folder).stream().map(jar -> base + "/" + jar.getFileName()).toList());
    }

    Hash fingerprint() throws IOException {
        Hash hash = new Hash();
        for (Path jar : list(folder)) {
            hash.add(jar);
        }
        return hash;
    }

    private static boolean isOwn(Path jar) {
        String name = jar.getFileName().toString();
        return name.startsWith(OWN) || name.startsWith(LAST + OWN);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = new ArrayList<>(
                    files.filter(file -> file.toString().endsWith(".jar")).toList());
            jars.sort(Comparator.comparing(jar -> jar.getFileName().toString()));
            return jars;
        }
    }

    /** Removes a folder with all that is in it, where it is there. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }
}
