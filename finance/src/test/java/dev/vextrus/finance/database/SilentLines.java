package dev.vextrus.finance.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way to a server whose connections can fall silent without an end, as where a host or a router between is gone:
 * what is sent is swallowed, and nothing comes. New connections get through.
 */
final class SilentLines implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<AtomicBoolean> silences = ConcurrentHashMap.newKeySet();
    private final int server;

    SilentLines(int server) throws IOException {
        this.server = server;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** All connections that are there. */
    void fallSilent() {
        silences.forEach(silence -> silence.set(true));
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
                open.add(client);
                open.add(behind);
                var silence = new AtomicBoolean();
                silences.add(silence);
                Thread.ofVirtual().start(() -> copy(client, behind, silence));
                Thread.ofVirtual().start(() -> copy(behind, client, silence));
            }
        } catch (IOException closed) {
            // by its owner
        }
    }

    private static void copy(Socket from, Socket to, AtomicBoolean silence) {
        byte[] buffer = new byte[8192];
        try (to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!silence.get()) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException ended) {
            // by either side
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
