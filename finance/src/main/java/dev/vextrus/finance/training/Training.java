package dev.vextrus.finance.training;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.finance.database.CannotStart;
import dev.vextrus.finance.ops.ManagementServer;
import dev.vextrus.finance.settings.Secret;
import dev.vextrus.finance.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A training run: a service that was just started on an empty database is asked, over HTTP, what its callers will ask.
 * Run under {@code -XX:AOTCacheOutput=FILE}, the JVM writes the classes it linked and the profiles of the methods it ran
 * to the file when the run ends (JEP 483, 514 and 515), and a service started with {@code -XX:AOTCache=FILE} begins with
 * them: it is ready sooner and its first requests are not interpreted for long.
 *
 * <p>The books that it leaves behind are rubbish, so it refuses a database that holds any event.
 */
public final class Training {
    private static final Duration TOKEN_FOR = Duration.ofHours(1);
    /** Enough for the JVM to compile what every request runs through, on two cores in some ten seconds. */
    public static final int ROUNDS = 240;

    private static final int TENANTS = 4;

    private final ServiceCalls calls;
    private final Settings settings;
    private final Instant now;

    private Training(ServiceCalls calls, Settings settings, Instant now) {
        this.calls = calls;
        this.settings = settings;
        this.now = now;
    }

    /**
     * Exercises the service of {@code context}.
     *
     * @param rounds how often books are worked on, by all tenants together; {@link #ROUNDS} for a real run
     * @throws CannotStart where the database holds events, tokens are not signed with a shared secret, or the service
     *     answers otherwise than it should
     */
    public static void run(ConfigurableApplicationContext context, Settings settings, int rounds) {
        if (context.getBean(EventStore.class).head() > 0) {
            throw new CannotStart(
                    "train: the database holds events; a training run takes an empty database of its own");
        }
        int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
        int management = context.getBean(ManagementServer.class).port();
        try (ServiceCalls calls = new ServiceCalls(at(port), at(management))) {
            new Training(calls, settings, context.getBean(Clock.class).instant()).exercise(rounds);
        } catch (IOException | ExecutionException failed) {
            throw new CannotStart("train: the run failed: " + failed.getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CannotStart("train: the run was interrupted", stopped);
        }
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private void exercise(int rounds) throws IOException, InterruptedException, ExecutionException {
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        try (ExecutorService tenants = Executors.newFixedThreadPool(TENANTS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 1; i <= TENANTS; i++) {
                Lesson lesson = new Lesson(calls, token("training-" + i), today, "training-" + i);
                running.add(tenants.submit(() -> {
                    lesson.begin();
                    for (int round = 0; round < rounds / TENANTS; round++) {
                        lesson.round(round);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        calls.askManagement();
    }

    private String token(String tenant) {
        Secret secret = settings.tokens().secret();
        if (secret == null) {
            throw new CannotStart("train: signs its own tokens, so it takes VEXTRUS_JWT_SECRET, not a key set");
        }
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject("training")
                .claim("tenant", tenant)
                .claim("roles", List.of("admin", "accountant", "approver"))
                .issuer(settings.tokens().issuer())
                .audience(settings.tokens().audience())
                .expirationTime(Date.from(now.plus(TOKEN_FOR)))
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(secret.bytes()));
        } catch (JOSEException e) {
            throw new CannotStart("train: VEXTRUS_JWT_SECRET cannot sign", e);
        }
        return token.serialize();
    }
}
