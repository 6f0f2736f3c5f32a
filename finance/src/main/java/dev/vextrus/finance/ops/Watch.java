package dev.vextrus.finance.ops;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks regularly after what the service leans on, in the background: whoever asks is answered at once with what was
 * seen last, also while a part hangs.
 */
public final class Watch implements AutoCloseable {
    private final Duration every;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("watch").factory());
    private final ExecutorService lookers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> looks = new ArrayList<>();
    private final Map<String, Long> lastWell = new ConcurrentHashMap<>();

    /** @param parts each returns when it is well, and throws when it is not */
    public Watch(Duration every, Map<String, Callable<?>> parts) {
        this.every = every;
        for (var part : parts.entrySet()) {
            String name = part.getKey();
            Callable<?> look = part.getValue();
            looks.add(clock.scheduleWithFixedDelay(
                    () -> lookers.execute(() -> look(name, look)), 0, every.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    /** Whether it was seen well within the last three looks. */
    public boolean isWell(String name) {
        Long seen = lastWell.get(name);
        return seen != null && System.nanoTime() - seen < every.toNanos() * 3;
    }

    @Override
    public void close() {
        looks.forEach(look -> look.cancel(false));
        clock.close();
        lookers.close();
    }

    private void look(String name, Callable<?> look) {
        try {
            look.call();
            lastWell.put(name, System.nanoTime());
        } catch (Exception ill) {
            if (ill instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
