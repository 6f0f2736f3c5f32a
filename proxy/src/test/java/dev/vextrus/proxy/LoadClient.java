package dev.vextrus.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keep-alive clients on raw sockets, each with one connection that it never reopens: a connection that anybody closes is
 * seen, where an HTTP client library would quietly open another.
 */
final class LoadClient implements AutoCloseable {
    final AtomicLong answered = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    /** @param port where the clients connect to, each with a tenant of its own */
    LoadClient(int port, int clients) {
        for (int i = 0; i < clients; i++) {
            String tenant = "tenant-" + i;
            threads.add(Thread.ofPlatform().daemon().start(() -> run(port, tenant)));
        }
    }

    private void run(int port, String tenant) {
        byte[] request = ("POST /entries HTTP/1.1\r\nHost: test\r\nAuthorization: " + ProxyFixture.bearer(tenant)
                        + "\r\nContent-Length: 5\r\n\r\nhello")
                .getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (!stop.get()) {
                out.write(request);
                int status = readAnswer(in);
                answered.incrementAndGet();
                if (status != 200) {
                    failed.incrementAndGet();
                }
            }
        } catch (IOException closed) {
            dropped.incrementAndGet();
        }
    }

    private static int readAnswer(InputStream in) throws IOException {
        int status = Integer.parseInt(readLine(in).substring(9, 12));
        int length = 0;
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        in.readNBytes(length);
        return status;
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        end();
    }

    /** Lets every client end its present request. */
    void end() {
        stop.set(true);
        for (Thread thread : threads) {
            try {
                thread.join(10_000);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }
}
