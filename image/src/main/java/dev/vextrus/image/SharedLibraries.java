package dev.vextrus.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shared libraries of the building machine that programs need: what an image from nothing must bring along. */
final class SharedLibraries {
    private static final Pattern RESOLVED = Pattern.compile("^\\s*(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)$");
    private static final Pattern MISSING = Pattern.compile("^\\s*(\\S+) => not found$");
    private static final String REMEDY =
            "build on Linux with glibc (Debian, Ubuntu, Fedora, ...), or name a base image by --base";

    private SharedLibraries() {}

    /**
     * Where each library lies here, by the path at which the loader will look for it.
     *
     * @param programs executables and libraries that are asked what they need
     * @param own a folder that goes into the image whole; what is found in there is not listed
     */
    static Map<String, Path> neededBy(Collection<Path> programs, Path own) throws IOException, InterruptedException {
        Map<String, Path> found = new TreeMap<>();
        Set<String> brought = names(own);
        for (Path program : programs) {
            String said = Tool.run(List.of("ldd", program.toString()), REMEDY);
            for (String path : paths(said, program, brought)) {
                Path library = Path.of(path).normalize();
                if (!library.startsWith(own)) {
                    found.put(library.toString(), library.toRealPath());
                }
            }
        }
        return found;
    }

    /**
     * The paths in what {@code ldd} prints; {@code linux-vdso} has none, the kernel brings it.
     *
     * @param brought names of libraries that are loaded by whoever loads {@code program}, as the JVM's own are
     */
    static List<String> paths(String said, Path program, Set<String> brought) {
        said.lines()
                .map(MISSING::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .filter(Predicate.not(brought::contains))
                .findFirst()
                .ifPresent(missing -> {
                    throw new CannotBuild(
                            program.getFileName() + " needs " + missing + ", which this machine lacks", REMEDY);
                });
        return said.lines()
                .map(RESOLVED::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .toList();
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toSet());
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }
}
