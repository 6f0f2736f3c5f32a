package dev.vextrus.demoreleases.till;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Requests at an open rate over a few lines whose connections stay open. A request is due when it is due, and its latency
 * counts from then, whether or not the one before was answered late.
 */
final class Traffic {
    private static final Duration AT_MOST = Duration.ofSeconds(10);

    private final URI url;
    private final String host;
    private final int perConnection;
    private final Seen seen;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(AT_MOST)
            .build();

    /**
     * @param host that is asked for; empty for the URL's own
     * @param perConnection requests until a connection is given up for another; 0 for never
     */
    Traffic(URI url, String host, int perConnection, LongSupplier millis) {
        this.url = url;
        this.host = host;
        this.perConnection = perConnection;
        this.seen = new Seen(millis);
    }

    void start(int lines, double perSecond) {
        long gap = (long) (TimeUnit.SECONDS.toNanos(1) * lines / perSecond);
        long now = System.nanoTime();
        for (int i = 0; i < lines; i++) {
            long first = now + gap * i / lines;
            Thread.ofPlatform().name("line-" + i).start(() -> line(first, gap));
        }
    }

    private void line(long first, long gap) {
        long due = first;
        for (int sent = 1; ; sent++) {
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            ask(due, perConnection > 0 && sent % perConnection == 0);
            due += gap;
        }
    }

    private void ask(long due, boolean last) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(AT_MOST);
        if (!host.isEmpty()) {
            request.header("Host", host);
        }
        if (last) {
            request.header("Connection", "close");
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String release = answer.headers().firstValue("X-Release").orElse("");
            if (release.isEmpty()) {
                seen.dropped("answered " + answer.statusCode() + " by no release");
            } else {
                seen.answered(release, answer.statusCode() != 200, System.nanoTime() - due);
            }
        } catch (IOException broken) {
            seen.dropped(String.valueOf(broken));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    String counts() {
        return seen.json();
    }

    void forget() {
        seen.forget();
    }
}
