package dev.vextrus.cli.process;

import dev.vextrus.cli.output.Failure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of this house, run in a JVM of its own from the class path that the build left in {@code target/app}.
 *
 * @param module its folder
 * @param mainClass where it begins
 */
public record JavaProgram(String module, String mainClass) {
    public static final JavaProgram FINANCE = new JavaProgram("finance", "dev.vextrus.finance.FinanceApplication");

    /** Flags of every JVM that runs the finance service here: small, and quick to start. */
    public static final List<String> FINANCE_FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-Xss512k",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED");

    /** The folder that the launcher lies in. */
    public static Path home() {
        return Path.of(System.getProperty("vextrus.home", ".")).toAbsolutePath().normalize();
    }

    /** The folder with its jars. */
    public Path app() {
        Path app = home().resolve(module).resolve("target").resolve("app");
        if (!Files.isDirectory(app)) {
            throw Failure.unavailable(
                    "NOT_BUILT",
                    "the program '" + module + "' is not built: " + app + " is missing",
                    "run './vextrus' without VEXTRUS_NO_BUILD, or 'mvn package -DskipTests'");
        }
        return app;
    }

    /**
     * The command that runs it with the JDK of this process.
     *
     * @param extraJars put behind its own: an AOT cache fits every class path that begins like the one it was made with
     */
    public List<String> command(List<String> jvmFlags, List<Path> extraJars, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.add("-cp");
        StringBuilder classPath =
                new StringBuilder().append(app()).append(File.separator).append('*');
        extraJars.forEach(jar -> classPath.append(File.pathSeparator).append(jar));
        command.add(classPath.toString());
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }
}
