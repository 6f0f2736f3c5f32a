package dev.vextrus.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * A Java runtime of our own: only the modules that a program needs, without tools, headers, manuals and debug symbols.
 *
 * @param home its folder
 */
record JavaRuntime(Path home) {
    /** In the image. */
    static final String IN_IMAGE = "/opt/java";

    /** Of the windowing toolkit, which comes along with {@code java.beans} and which no server opens. */
    private static final Set<String> WINDOWING = Set.of(
            "libawt.so",
            "libawt_headless.so",
            "libawt_xawt.so",
            "libfontmanager.so",
            "libfreetype.so",
            "libjavajpeg.so",
            "libjawt.so",
            "libjsound.so",
            "liblcms.so",
            "libmlib_image.so",
            "libsplashscreen.so");

    private static final Set<String> UNUSED =
            Set.of("classlist", "jexec", "psfont.properties.ja", "psfontj2d.properties");

    /**
     * Links a runtime into {@code folder}, which must not be there yet.
     *
     * @param jdk the JDK whose {@code jlink} and modules are used
     */
    static JavaRuntime link(Path jdk, SortedSet<String> modules, Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                jdk.resolve("bin").resolve("jlink").toString(),
                "--add-modules",
                String.join(",", modules),
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--compress",
                "zip-6",
                "--output",
                folder.toString()));
        Path jmods = jdk.resolve("jmods");
        if (Files.isDirectory(jmods)) {
            command.addAll(List.of("--module-path", jmods.toString()));
        }
        Tool.run(command, "use a whole JDK 25 (with jlink), named by JAVA_HOME");
        prune(folder);
        return new JavaRuntime(folder);
    }

    private static void prune(Path folder) throws IOException {
        Path lib = folder.resolve("lib");
        for (Path tool : list(folder.resolve("bin"))) {
            if (!tool.endsWith("java")) {
                Files.delete(tool);
            }
        }
        for (Path file : list(lib)) {
            String name = file.getFileName().toString();
            if (WINDOWING.contains(name) || UNUSED.contains(name)) {
                Files.delete(file);
            }
        }
    }

    Path java() {
        return home.resolve("bin").resolve("java");
    }

    /** All of it that the loader will load. */
    Collection<Path> binaries() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.equals(java())
                            || file.endsWith("jspawnhelper")
                            || file.toString().endsWith(".so"))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
