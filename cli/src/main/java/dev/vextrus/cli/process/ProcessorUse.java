package dev.vextrus.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * How much of all processors was in use since the last question, by whomever, 0 to 1, from the counters of Linux
 * ({@code proc(5)}, {@code /proc/stat}). Time of processes that were started with {@code nice} counts as free: they make way.
 * 0 where the system does not tell.
 */
public final class ProcessorUse implements DoubleSupplier {
    private static final Path LINUX = Path.of("/proc/stat");
    private static final int NICE = 1;
    private static final int IDLE = 3;
    private static final int WAITING_FOR_DISK = 4;
    /** User, nice, system, idle, iowait, irq, softirq, steal; the guests' time after them is in user's already. */
    private static final int COUNTERS = 8;

    private final Path file;
    private long[] last;

    public ProcessorUse() {
        this(LINUX);
    }

    ProcessorUse(Path file) {
        this.file = file;
        this.last = read();
    }

    @Override
    public double getAsDouble() {
        long[] now = read();
        long all = 0;
        for (int i = 0; i < COUNTERS; i++) {
            all += now[i] - last[i];
        }
        long free = now[NICE] - last[NICE] + now[IDLE] - last[IDLE] + now[WAITING_FOR_DISK] - last[WAITING_FOR_DISK];
        last = now;
        return all <= 0 ? 0 : Math.clamp((double) (all - free) / all, 0, 1);
    }

    private long[] read() {
        try {
            String first = Files.readString(file).lines().findFirst().orElse("");
            long[] counters = Arrays.stream(first.split("\\s+"))
                    .skip(1)
                    .mapToLong(Long::parseLong)
                    .toArray();
            return Arrays.copyOf(counters, COUNTERS);
        } catch (IOException untold) {
            return new long[COUNTERS];
        }
    }
}
