package dev.vextrus.rolloutlocal;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Processes of this machine, as Linux shows them in {@code /proc} (proc(5)). Each process that is started carries marks in
 * its environment, which its children inherit: by them it is found again when nobody wrote down its pid.
 */
final class Processes {
    /** Environment variable that names the folder a process belongs to. */
    static final String WORKLOAD = "VEXTRUS_LOCAL_WORKLOAD";
    /** Environment variable that names the instance and its start. */
    static final String INSTANCE = "VEXTRUS_LOCAL_INSTANCE";

    private static final Path PROC = Path.of("/proc");

    private Processes() {}

    /** How a process is started. */
    record Start(List<String> command, Map<String, String> environment, Path workingDirectory, Path log) {}

    /**
     * Starts a process in a session of its own: neither ctrl-C at the controller's terminal nor the controller's death
     * reaches it.
     *
     * @throws IOException where the program cannot be started
     */
    static Process start(Start start) throws IOException {
        List<String> command = new ArrayList<>();
        if (hasSetsid()) {
            command.add("setsid");
        } else {
            command.addAll(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        }
        command.addAll(start.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(start.workingDirectory().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(start.log().toFile()));
        builder.environment().putAll(start.environment());
        return builder.start();
    }

    private static boolean hasSetsid() {
        return Files.isExecutable(Path.of("/usr/bin/setsid")) || Files.isExecutable(Path.of("/bin/setsid"));
    }

    /** The identity of a running process; null where there is none, or it has ended and only waits to be reaped. */
    static @Nullable ProcessIdentity identify(long pid) {
        String stat = read(PROC.resolve(Long.toString(pid)).resolve("stat"));
        // The second field is the program's name in brackets, which may hold anything, brackets too.
        int end = stat.lastIndexOf(')');
        if (end < 0) {
            return null;
        }
        String[] fields = stat.substring(end + 2).split(" ", -1);
        boolean ended = fields[0].equals("Z") || fields[0].equals("X");
        return ended ? null : new ProcessIdentity(pid, Long.parseLong(fields[19]), bootId());
    }

    /** Whether exactly this process runs. */
    static boolean runs(ProcessIdentity identity) {
        return identity.equals(identify(identity.pid()));
    }

    /** Asks the process and its children to end; does nothing where the pid is somebody else's by now. */
    static void terminate(ProcessIdentity identity) {
        if (runs(identity)) {
            ProcessHandle.of(identity.pid()).ifPresent(handle -> {
                handle.descendants().forEach(ProcessHandle::destroy);
                handle.destroy();
            });
        }
    }

    /** Ends every process, and what it started, that carries the mark. */
    static void kill(String variable, String value) {
        for (long pid : marked(variable, value)) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** Pids of running processes of this user whose environment holds the mark; this process is never among them. */
    static List<Long> marked(String variable, String value) {
        String mark = variable + "=" + value;
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                long pid = Long.parseLong(entry.getFileName().toString());
                boolean carries =
                        List.of(read(entry.resolve("environ")).split("\0", -1)).contains(mark);
                if (carries && pid != ProcessHandle.current().pid() && identify(pid) != null) {
                    found.add(pid);
                }
            }
        } catch (IOException noProc) {
            throw new UncheckedIOException("the processes of this machine cannot be listed", noProc);
        }
        return found;
    }

    /** Resident memory; -1 where unknown. */
    static long residentMebibytes(long pid) {
        for (String line :
                read(PROC.resolve(Long.toString(pid)).resolve("status")).split("\n", -1)) {
            if (line.startsWith("VmRSS:")) {
                String kibibytes =
                        line.substring("VmRSS:".length()).replace("kB", "").strip();
                return Long.parseLong(kibibytes) / 1_024;
            }
        }
        return -1;
    }

    private static String bootId() {
        return read(PROC.resolve("sys/kernel/random/boot_id")).strip();
    }

    /** A file of /proc, or nothing where the process is gone or another user's. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException goneOrForeign) {
            return "";
        }
    }
}
