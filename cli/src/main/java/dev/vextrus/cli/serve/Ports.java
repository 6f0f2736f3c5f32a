package dev.vextrus.cli.serve;

import dev.vextrus.cli.output.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of this machine, on the loopback address. */
public final class Ports {
    private Ports() {}

    /** A port that is free now. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** @throws Failure if {@code port} is no port from 1 to 65535, or is taken */
    public static void requireFree(int port) {
        if (port < 1 || port > 65_535) {
            throw Failure.usage("PORT_OUT_OF_RANGE", "port " + port + " is not between 1 and 65535", "try " + free());
        }
        if (!isFree(port)) {
            throw Failure.unavailable(
                    "PORT_IN_USE",
                    "port " + port + " is in use",
                    "end what listens there, or name another port, such as --port " + free());
        }
    }
}
