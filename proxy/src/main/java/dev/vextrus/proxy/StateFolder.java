package dev.vextrus.proxy;

import dev.vextrus.proxy.routing.InvalidRouting;
import dev.vextrus.proxy.routing.Routing;
import dev.vextrus.proxy.routing.RoutingJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What outlives the process: the routing in force ({@code routing.json}), so that a proxy that was killed comes back
 * routing as before, and where to find it ({@code proxy.json}).
 */
final class StateFolder {
    private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);

    private final @Nullable Path folder;

    StateFolder(@Nullable Path folder) {
        this.folder = folder;
        if (folder != null) {
            try {
                Files.createDirectories(folder);
            } catch (IOException unwritable) {
                throw new UncheckedIOException("VEXTRUS_PROXY_STATE cannot be created: " + folder, unwritable);
            }
        }
    }

    /** The routing of the process before; null where there was none, or it does not read. */
    @Nullable
    Routing routing() {
        if (folder == null || !Files.exists(folder.resolve("routing.json"))) {
            return null;
        }
        try {
            return RoutingJson.read(Files.readAllBytes(folder.resolve("routing.json")));
        } catch (IOException | InvalidRouting unusable) {
            LOG.warn("the kept routing does not read, waiting for a new one: {}", unusable.getMessage());
            return null;
        }
    }

    void keep(Routing routing) {
        try {
            write("routing.json", RoutingJson.write(routing).toString());
        } catch (UncheckedIOException full) {
            // The routing is in force all the same; only a restart would not find it.
            LOG.warn("the routing could not be kept", full);
        }
    }

    void announce(int port, int controlPort) {
        write(
                "proxy.json",
                "{\"pid\":" + ProcessHandle.current().pid() + ",\"port\":" + port + ",\"controlPort\":" + controlPort
                        + "}");
    }

    private void write(String name, String text) {
        if (folder == null) {
            return;
        }
        try {
            Path next = folder.resolve(name + ".next");
            Files.deleteIfExists(next);
            // The routing holds the canary's credential: readable by its owner alone.
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(next, text.getBytes(StandardCharsets.UTF_8));
            Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + name + " in " + folder, failed);
        }
    }
}
