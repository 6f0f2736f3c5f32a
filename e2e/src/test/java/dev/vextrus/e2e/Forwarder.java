package dev.vextrus.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to a server, which a test can cut: what is on it breaks, and nothing gets through until it is joined again. */
final class Forwarder implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final String host;
    private final int port;
    private volatile boolean cut;

    /** @param server with its port */
    Forwarder(URI server) throws IOException {
        this.host = server.getHost();
        this.port = server.getPort() < 0 ? 443 : server.getPort();
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket in = door.accept();
                Thread.ofVirtual().start(() -> join(in));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void join(Socket in) {
        open.add(in);
        try (in;
                Socket out = new Socket(host, port)) {
            open.add(out);
            if (!cut) {
                Thread back = Thread.ofVirtual().start(() -> copy(out, in));
                copy(in, out);
                back.join();
            }
            open.remove(out);
        } catch (IOException broken) {
            // which is what this is for
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(in);
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            // so are both
        }
    }

    void cut() {
        cut = true;
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException closed) {
                // it was to be
            }
        }
    }

    void mend() {
        cut = false;
    }

    @Override
    public void close() throws IOException {
        cut();
        door.close();
    }
}
