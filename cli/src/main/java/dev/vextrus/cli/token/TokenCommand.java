package dev.vextrus.cli.token;

import dev.vextrus.cli.data.DataOption;
import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Mints a token for the service on a data folder. */
@Command(
        name = "token",
        description = "Mint a token for a tenant; standard output carries the token alone.",
        footer = {
            "",
            "Examples:",
            "  vextrus token --tenant acme --role accountant",
            "  vextrus token --tenant acme --role accountant --role approver --ttl 30m",
            "  TOKEN=$(vextrus token --tenant acme --role admin)"
        })
public final class TokenCommand implements Callable<Integer> {
    private final Output output;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--tenant", required = true, paramLabel = "T", description = "Whose books the token opens.")
    private String tenant = "";

    @Option(
            names = "--role",
            required = true,
            split = ",",
            paramLabel = "R",
            description = "What its holder may do; may be repeated: ${COMPLETION-CANDIDATES}.")
    private List<Role> roles = List.of();

    @Option(
            names = "--subject",
            paramLabel = "NAME",
            defaultValue = "local-user",
            description = "Who holds it: the actor of every event (default: ${DEFAULT-VALUE}).")
    private String subject = "local-user";

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            defaultValue = "8h",
            converter = TimeToLive.class,
            description = "How long it is valid, such as 30m, 8h, 7d (default: ${DEFAULT-VALUE});"
                    + " the service honours it 30 s longer, for clocks that differ (VEXTRUS_JWT_LEEWAY_SECONDS).")
    private Duration ttl = Duration.ofHours(8);

    public TokenCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        if (!TenantId.isWellFormed(tenant)) {
            throw Failure.usage(
                    "TENANT_MALFORMED",
                    "--tenant: '" + tenant + "' is not 1 to 63 lower-case letters, digits and inner hyphens",
                    "write one such as acme-2");
        }
        Instant now = Instant.now();
        String token = new TokenMint(data.existing().jwtSecret()).mint(TenantId.of(tenant), subject, roles, now, ttl);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("token", token);
        fields.put("tenant", tenant);
        fields.put("subject", subject);
        fields.put("roles", roles.stream().map(Role::name).toList());
        fields.put("expiresAt", now.plus(ttl).toString());
        output.answer(token, fields);
        return ExitCode.DONE;
    }
}
