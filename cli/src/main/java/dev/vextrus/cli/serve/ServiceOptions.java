package dev.vextrus.cli.serve;

import dev.vextrus.cli.data.DataFolder;
import dev.vextrus.cli.data.DataOption;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.process.Cleanup;
import dev.vextrus.cli.token.Role;
import dev.vextrus.cli.token.TokenMint;
import dev.vextrus.kernel.TenantId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How a command reaches a finance service: one elsewhere, by {@code --url} and {@code --token}; else the one on a data
 * folder, which is found where it runs and started for the while where it does not.
 */
public final class ServiceOptions {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TOKEN_FOR = Duration.ofHours(2);

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--url", description = "A service elsewhere, such as http://localhost:3014; needs --token.")
    private @Nullable URI url;

    @Option(names = "--token", description = "The token for --url.")
    private @Nullable String token;

    @Option(names = "--tenant", paramLabel = "T", description = "Whose books; with --url the token says it.")
    private @Nullable String tenant;

    /** A service that answers, and a token that it takes. */
    public record Reached(URI url, String token) {}

    /**
     * Reaches the service; what had to be started ends with {@code cleanup}.
     *
     * @param roles what the command needs to be allowed
     */
    public Reached reach(List<Role> roles, Output output, Cleanup cleanup) throws InterruptedException {
        return reach(data::open, roles, output, cleanup);
    }

    /** As {@link #reach}, for what has nothing to do where there are no books yet. */
    public Reached reachBooks(List<Role> roles, Output output, Cleanup cleanup) throws InterruptedException {
        return reach(data::existing, roles, output, cleanup);
    }

    private Reached reach(Supplier<DataFolder> books, List<Role> roles, Output output, Cleanup cleanup)
            throws InterruptedException {
        if (url != null) {
            if (token == null) {
                throw Failure.usage(
                        "TOKEN_MISSING", "--url needs --token", "mint one with 'vextrus token', or ask who runs it");
            }
            return new Reached(url, token);
        }
        if (token != null) {
            throw Failure.usage("URL_MISSING", "--token is only used with --url", "name the service with --url");
        }
        TenantId whose = tenantId();
        DataFolder folder = books.get();
        String minted = new TokenMint(folder.jwtSecret()).mint(whose, "local-user", roles, Instant.now(), TOKEN_FOR);
        return new Reached(URI.create(findOrStart(folder, output, cleanup)), minted);
    }

    private TenantId tenantId() {
        if (tenant == null) {
            throw Failure.usage("TENANT_MISSING", "--tenant is missing", "name whose books, such as --tenant acme");
        }
        if (!TenantId.isWellFormed(tenant)) {
            throw Failure.usage(
                    "TENANT_MALFORMED",
                    "--tenant: '" + tenant + "' is not 1 to 63 lower-case letters, digits and inner hyphens",
                    "write one such as acme-2");
        }
        return TenantId.of(tenant);
    }

    /** A service that passes is not ours to lean on: it ends with its own command, so we wait for our turn. */
    private static String findOrStart(DataFolder folder, Output output, Cleanup cleanup) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean told = false;
        while (true) {
            Optional<FolderLock> lock = FolderLock.tryTake(folder);
            if (lock.isPresent()) {
                cleanup.add(lock.get());
                return LocalService.start(folder, Ports.free(), Ports.free(), true, output, cleanup)
                        .url();
            }
            Optional<Running> running = Running.read(folder.root())
                    .filter(there -> !there.passing() && there.supervisor().alive());
            if (running.isPresent()) {
                return running.get().url();
            }
            if (System.nanoTime() > deadline) {
                throw Failure.unavailable(
                        "DATA_BUSY",
                        "--data: another vextrus has used " + folder.root() + " for " + PATIENCE.toSeconds() + " s",
                        "wait for it, or run 'vextrus serve' on the folder so that several commands can share it");
            }
            if (!told) {
                output.progress("another vextrus uses " + folder.root() + "; waiting for it");
                told = true;
            }
            Thread.sleep(200);
        }
    }
}
