package dev.vextrus.rolloutlocal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds ports that nobody listens on, below the range that outgoing connections draw theirs from (ip(7): 32768 and up):
 * a port from that range could be taken by any connection between two starts of an instance.
 */
final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;

    private final Set<Integer> given = new HashSet<>();
    private int next;

    /** @param seed where to begin, so that two workloads seldom try the same port at the same time */
    FreePorts(int seed) {
        next = Math.floorMod(seed, COUNT);
    }

    /** A port that is free now and is not given out again while it is {@link #keep kept}. */
    synchronized int take() {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + next;
            next = (next + 1) % COUNT;
            if (!given.contains(port) && isFree(port)) {
                given.add(port);
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + FIRST + " and " + (FIRST + COUNT));
    }

    /** Ports of instances that were found running. */
    synchronized void keep(int port) {
        given.add(port);
    }

    synchronized void release(int port) {
        given.remove(port);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
