package dev.vextrus.cli.demo.traffic;

import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.token.Role;
import dev.vextrus.cli.token.TokenMint;
import dev.vextrus.kernel.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleSupplier;
import tools.jackson.databind.JsonNode;

/** The traffic of all tenants through one address, and what it saw. */
public final class DemoTraffic implements AutoCloseable {
    private static final int SEEDING_AT_ONCE = 8;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration TOKEN_FOR = Duration.ofHours(12);
    private static final String CREATE_TENANT = """
            mutation CreateTenant($input: CreateTenantInput!) {
              createTenant(input: $input) {
                __typename ... on CreateTenantSuccess { id position } ... on Refusal { code message }
              }
            }""";
    private static final String CHART = """
            query Chart($position: Position) {
              accounts(first: 50, atLeastPosition: $position) { edges { node { code type } } }
              tenant(atLeastPosition: $position) { postingAccounts { receivable outputTax } }
            }""";

    private final Population population;
    private final GraphQlCaller caller;
    private final TokenMint mint;
    private final Instant now;
    private final Tally tally;
    private final Map<TenantId, Books> books = new ConcurrentHashMap<>();
    private final Map<TenantId, String> tokens = new ConcurrentHashMap<>();
    private final Pace pace;
    private final OpenArrivals arrivals;

    public DemoTraffic(URI entry, TokenMint mint, Population population, Pace pace, long seed, Instant now) {
        this(entry, entry.getRawAuthority(), mint, population, pace, seed, now);
    }

    /** @param host that is asked for at {@code entry}, which may serve several */
    public DemoTraffic(
            URI entry, String host, TokenMint mint, Population population, Pace pace, long seed, Instant now) {
        this.population = population;
        this.caller = new GraphQlCaller(entry.resolve("/graphql"), host);
        this.tally = new Tally(now);
        this.mint = mint;
        this.now = now;
        this.pace = pace;
        this.arrivals = new OpenArrivals(pace.first(), seed, this::arrive);
    }

    public Tally tally() {
        return tally;
    }

    /**
     * Makes the tenants' books, several at a time.
     *
     * @throws Failure if the service refuses
     */
    public void seed() throws InterruptedException {
        try (ExecutorService workers = Executors.newFixedThreadPool(SEEDING_AT_ONCE)) {
            List<Future<?>> made = new ArrayList<>();
            for (TenantId tenant : population.tenants()) {
                made.add(workers.submit(() -> seed(tenant)));
            }
            for (Future<?> one : made) {
                one.get();
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw Failure.unavailable(
                    "SEEDING_FAILED",
                    "the demo's tenants cannot be made: " + cause.getMessage(),
                    "see the logs",
                    cause);
        }
    }

    private Void seed(TenantId tenant) throws IOException {
        String token = mint.mint(tenant, "demo", List.of(Role.admin, Role.accountant, Role.approver), now, TOKEN_FOR);
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        Map<String, ?> input = Map.of(
                "name", tenant.value(), "baseCurrency", "EUR", "firstPeriod", today.getYear() + "-01", "periods", 24);
        JsonNode made = ask(token, "CreateTenant", CREATE_TENANT, Map.of("input", input), "seed-" + tenant);
        JsonNode payload = made.path("createTenant");
        if (!payload.has("id")) {
            throw new IOException("createTenant for " + tenant + ": " + payload);
        }
        JsonNode chart = ask(
                token,
                "Chart",
                CHART,
                Map.of("position", payload.path("position").asString()),
                "");
        tokens.put(tenant, token);
        books.put(tenant, new Books(chart(chart), today));
        return null;
    }

    private JsonNode ask(String token, String operation, String document, Map<String, ?> variables, String key)
            throws IOException {
        Reply reply =
                caller.send(token, new GraphQlCaller.Call(operation, document, variables, key, operation + "-" + key));
        if (!reply.data().isObject()) {
            throw new IOException(operation + " answered " + reply.status() + " " + reply.errors());
        }
        return reply.data();
    }

    private static Books.Chart chart(JsonNode data) {
        JsonNode posting = data.path("tenant").path("postingAccounts");
        return new Books.Chart(
                first(data, "ASSET", posting.path("receivable").asString("")),
                first(data, "REVENUE", ""),
                first(data, "EXPENSE", ""));
    }

    private static String first(JsonNode data, String type, String except) {
        for (JsonNode edge : data.path("accounts").path("edges")) {
            JsonNode account = edge.path("node");
            String code = account.path("code").asString();
            if (account.path("type").asString().equals(type) && !code.equals(except)) {
                return code;
            }
        }
        throw new IllegalStateException("the chart has no account of type " + type);
    }

    /**
     * Asks one instance directly what changes no book, as a smoke test does before a release meets its users: queries,
     * and a tenant that exists already made again, which is refused. Nothing of it is counted.
     *
     * @return how many were answered
     */
    public int smoke(URI instance, int requests) {
        TenantId tenant = population.tenants().getFirst();
        String token = mint.mint(tenant, "smoke", List.of(Role.admin, Role.accountant), now, TOKEN_FOR);
        Map<String, ?> again = Map.of("name", tenant.value(), "baseCurrency", "EUR");
        int answered = 0;
        try (GraphQlCaller direct = new GraphQlCaller(instance.resolve("/graphql"))) {
            for (int i = 0; i < requests; i++) {
                String id = "smoke-" + i;
                GraphQlCaller.Call call = switch (i % 3) {
                    case 0 -> query(Operation.TRIAL_BALANCE, id);
                    case 1 -> query(Operation.RECENT_INVOICES, id);
                    default -> new GraphQlCaller.Call("CreateTenant", CREATE_TENANT, Map.of("input", again), id, id);
                };
                answered += direct.send(token, call).fault() ? 0 : 1;
            }
        } catch (IOException gone) {
            // The instance has died; the rollout sees that for itself.
            return answered;
        }
        return answered;
    }

    private static GraphQlCaller.Call query(Operation operation, String id) {
        return new GraphQlCaller.Call(operation.operationName(), operation.document(), Map.of(), "", id);
    }

    /**
     * From now on requests arrive, at a rising rate. Returns when that has settled, after {@code atLeast}, and after three
     * times as long in any case.
     *
     * @param processors asked once a second: how much of all processors was in use since it was asked last, 0 to 1
     * @return the rate from now on, requests a second
     */
    public double warmUp(Duration atLeast, DoubleSupplier processors) throws InterruptedException {
        arrivals.start();
        double rate = pace.first();
        for (long second = 1; ; second++) {
            Thread.sleep(LOOK_EVERY);
            Pace.Look look = new Pace.Look(tally.takeRecentP95Millis(), processors.getAsDouble());
            boolean enough = second >= atLeast.toSeconds() && pace.settled(rate, look);
            if (enough || second >= 3 * atLeast.toSeconds()) {
                arrivals.rate(pace.kept(rate, look));
                return pace.kept(rate, look);
            }
            rate = pace.next(rate, look);
            arrivals.rate(rate);
        }
    }

    private void arrive(long dueNanos, SplittableRandom random) {
        TenantId tenant = population.at(random.nextDouble());
        Books book = books.get(tenant);
        String token = tokens.get(tenant);
        if (book == null || token == null) {
            throw new IllegalStateException("no books for " + tenant + ": seed() comes first");
        }
        Books.Planned planned = book.next(random);
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        Operation operation = planned.operation();
        GraphQlCaller.Call call = new GraphQlCaller.Call(
                operation.operationName(),
                operation.document(),
                planned.variables(),
                operation.mutation() ? id : "",
                id);
        try {
            Reply reply = caller.send(token, call);
            tally.answered(reply.release(), reply.fault(), System.nanoTime() - dueNanos);
            if (!reply.ok() && !reply.fault()) {
                tally.refusal(operation.operationName() + ": " + reply.status() + " " + reply.errors() + reply.data());
            }
            JsonNode payload = reply.data().path(fieldOf(operation));
            planned.learning().from(reply.ok() && payload.has("id") ? payload : null);
        } catch (IOException e) {
            // Interrupted where the demo is ending: nobody waits for this answer.
            if (!Thread.currentThread().isInterrupted()) {
                tally.droppedConnection();
                planned.learning().from(null);
            }
        }
    }

    private static String fieldOf(Operation operation) {
        String name = operation.operationName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** No more requests; those under way are answered first. */
    @Override
    public void close() {
        arrivals.close();
        try {
            caller.close();
        } catch (IOException leftOpen) {
            throw new UncheckedIOException("closing the connections", leftOpen);
        }
    }
}
