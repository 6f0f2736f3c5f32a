package dev.vextrus.cli.process;

import dev.vextrus.cli.output.Failure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of this house, run in a JVM of its own from the class path that the build left in {@code target/app}, or
 * that the launcher set aside from there.
 *
 * @param module its folder
 * @param mainClass where it begins
 */
public record JavaProgram(String module, String mainClass) {
    /** The command line, which is the operator too. */
    public static final JavaProgram CLI = new JavaProgram("cli", "dev.vextrus.cli.Vextrus");

    public static final JavaProgram FINANCE = new JavaProgram("finance", "dev.vextrus.finance.FinanceApplication");

    /**
     * Flags of every JVM that runs the finance service here. One collector thread and a heap of 256 MiB keep it under
     * 400 MiB resident at 200 requests a second, with pauses of some 20 ms on two busy cores; a parallel collector would
     * only take the second core away from whom it serves. The AOT cache is mapped where it was made for: moved elsewhere,
     * each process would pay for 40 MiB of it in private memory.
     */
    public static final List<String> FINANCE_FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-Xss512k",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED");

    /**
     * For a JVM that lives for a minute or two beside others: the second compiler would take more processor time than its
     * better code gives back (of a demo's release 16 s in 80, measured).
     */
    public static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1");

    /** The folder that the launcher lies in. */
    public static Path home() {
        return Path.of(System.getProperty("vextrus.home", ".")).toAbsolutePath().normalize();
    }

    /** The folder with its jars. */
    public Path app() {
        String aside = System.getProperty("vextrus.apps", "");
        Path app = aside.isEmpty()
                ? home().resolve(module).resolve("target").resolve("app")
                : Path.of(aside).resolve(module);
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
