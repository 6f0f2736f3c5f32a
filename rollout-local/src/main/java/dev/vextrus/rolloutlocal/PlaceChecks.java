package dev.vextrus.rolloutlocal;

import dev.vextrus.rollout.plan.Phase;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.preflight.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this machine has room for a rollout: its folder, port, disk and memory. */
final class PlaceChecks {
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final long MEBIBYTE = 1 << 20;
    /** Journal, evidence and what releases write beside their logs. */
    private static final long LEAST_DISK = 256 * MEBIBYTE;

    private static final long ROOMY_DISK = 2_048 * MEBIBYTE;
    private static final int INSTANCES = 4;

    private final LocalTargetSettings settings;

    PlaceChecks(LocalTargetSettings settings) {
        this.settings = settings;
    }

    /** The lock is taken and let go again, which makes the folder where there is none. */
    Check folder() {
        Path folder = settings.folder();
        try {
            new FolderLock(folder).close();
            Path probe = Files.createTempFile(folder, "preflight", ".tmp");
            Files.delete(probe);
            return Check.ok("folder", folder + " is writable, and no controller has it");
        } catch (FolderInUse held) {
            return Check.failed(
                    "folder",
                    String.valueOf(held.getMessage()),
                    "follow that rollout with 'vextrus rollout watch', or wait until it has ended");
        } catch (IOException | UncheckedIOException unusable) {
            return Check.failed(
                    "folder",
                    folder + " cannot be written: " + reason(unusable),
                    "give this user the folder, or free its disk");
        }
    }

    private static String reason(Exception failure) {
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        return String.valueOf(cause);
    }

    /** Free, or the workload's own proxy listens on it. */
    Check port() {
        ProxyProcess.Kept proxy = ProxyProcess.kept(settings);
        boolean serves = proxy != null && proxy.process() != null && Processes.runs(proxy.process());
        if (proxy != null && serves) {
            boolean other = settings.proxyPort() != 0 && settings.proxyPort() != proxy.port();
            return other
                    ? Check.warning(
                            "port",
                            "the proxy runs on port " + proxy.port() + " and keeps it; " + settings.proxyPort()
                                    + " would not be used",
                            "leave --port out, or end the workload with 'vextrus rollout stop' first")
                    : Check.ok("port", "clients come in at port " + proxy.port() + ", where the proxy runs");
        }
        int wanted = settings.proxyPort() != 0 ? settings.proxyPort() : proxy == null ? 0 : proxy.port();
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return Check.ok("port", wanted == 0 ? "a free one will be drawn and kept" : "port " + wanted + " is free");
        } catch (IOException taken) {
            return Check.failed(
                    "port",
                    "port " + wanted + " cannot be listened on: " + taken.getMessage(),
                    "name another with --port");
        }
    }

    Check disk() {
        try {
            Path folder = existing(settings.folder());
            long free = Files.getFileStore(folder).getUsableSpace();
            long logs = INSTANCES * 2 * settings.logBytes();
            String what = free / MEBIBYTE + " MiB are free where " + settings.folder() + " lies; logs take up to "
                    + logs / MEBIBYTE + " MiB";
            String remedy = "free some; a full disk stops the journal, and with it the rollout";
            if (free < logs + LEAST_DISK) {
                return Check.failed("disk", what, remedy);
            }
            return free < ROOMY_DISK ? Check.warning("disk", what, remedy) : Check.ok("disk", what);
        } catch (IOException unknown) {
            return Check.warning("disk", "the free space is unknown: " + unknown.getMessage(), "look with 'df'");
        }
    }

    private static Path existing(Path folder) {
        Path found = folder;
        while (!Files.exists(found) && found.getParent() != null) {
            found = found.getParent();
        }
        return found;
    }

    /** Stable keeps its replicas to the end, so both releases have to fit at the widest phase. */
    Check memory(RolloutPlan plan) {
        int canaries = plan.phases().stream().mapToInt(Phase::replicas).max().orElse(1);
        long limit = limit(plan.stable()) * plan.stableReplicas() + limit(plan.canary()) * canaries;
        long free = available();
        if (free < 0) {
            return Check.warning("memory", "the free memory is unknown", "look with 'free -m'");
        }
        if (limit == 0) {
            return Check.ok("memory", free + " MiB are available; the releases name no memoryLimit to compare with");
        }
        String what = free + " MiB are available; both releases together may take " + limit + " MiB";
        return free < limit
                ? Check.warning("memory", what, "end something, or lower memoryLimit or the replicas of the plan")
                : Check.ok("memory", what);
    }

    private static long limit(ReleaseSpec release) {
        Integer mebibytes = InstanceRecord.program(release).memoryLimitMebibytes();
        return mebibytes == null ? 0 : mebibytes;
    }

    /** Mebibytes that could be had without swapping (proc(5), MemAvailable); -1 where unknown. */
    private static long available() {
        try {
            return Files.readAllLines(MEMORY).stream()
                            .filter(line -> line.startsWith("MemAvailable:"))
                            .map(line -> line.replaceAll("\\D", ""))
                            .mapToLong(Long::parseLong)
                            .findFirst()
                            .orElse(-1024)
                    / 1024;
        } catch (IOException noProc) {
            return -1;
        }
    }
}
