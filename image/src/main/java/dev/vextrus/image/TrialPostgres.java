package dev.vextrus.image;

import dev.vextrus.embeddedpostgres.Binaries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The embedded PostgreSQL's programs as an image, with a shell for its start script and little else. */
final class TrialPostgres {
    private static final String HOME = "/opt/postgres";
    private static final String START = "/opt/vextrus/start-postgres";

    private TrialPostgres() {}

    /** @param hasBase whether a base image brings the system's libraries and shell */
    static ImageContent image(Path work, boolean hasBase) throws IOException, InterruptedException {
        Path programs = Binaries.unpackedIn(work.resolve("postgres")).home();
        List<Layer> layers = new ArrayList<>();
        if (!hasBase) {
            Path shell = Path.of("/bin/sh").toRealPath();
            Path remove = Path.of("/bin/rm").toRealPath();
            List<Path> binaries = new ArrayList<>(List.of(shell, remove));
            try (Stream<Path> bin = Files.list(programs.resolve("bin"))) {
                bin.sorted().forEach(binaries::add);
            }
            Map<String, Path> libraries = SharedLibraries.neededBy(binaries, programs);
            layers.add(SystemLayer.make(work.resolve("system-postgres"), libraries)
                    .file(shell, "/bin/sh")
                    .file(remove, "/bin/rm"));
        }
        layers.add(new Layer("postgres").folder(programs, HOME));
        layers.add(new Layer("start").file(script(work), START));
        return new ImageContent(
                Map.of("PATH", HOME + "/bin:/bin:/usr/bin", "VEXTRUS_POSTGRES_DATA", "/data"),
                List.of(5432),
                List.of("/bin/sh", START),
                layers);
    }

    private static Path script(Path work) throws IOException {
        Path file = work.resolve("start-postgres");
        try (InputStream in = TrialPostgres.class.getResourceAsStream("start-postgres.sh")) {
            if (in == null) {
                throw new IllegalStateException("start-postgres.sh is missing on the class path");
            }
            Files.write(file, in.readAllBytes());
        }
        return file;
    }
}
