package dev.vextrus.finance.service;

import dev.vextrus.finance.FinanceApplication;
import dev.vextrus.finance.ops.ManagementServer;
import dev.vextrus.finance.settings.SettingsReader;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The service in this JVM, on free ports. */
final class RunningService implements AutoCloseable {
    private static final AtomicInteger TENANTS = new AtomicInteger();

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningService start() {
        return start(Map.of());
    }

    static RunningService start(Map<String, String> more) {
        return new RunningService(FinanceApplication.start(SettingsReader.read(environment(more), "1.0.0")));
    }

    static Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment =
                new HashMap<>(TestDatabase.shared().roles().environment());
        environment.put("VEXTRUS_JWT_SECRET", Tokens.SECRET);
        environment.put("VEXTRUS_HTTP_PORT", "0");
        environment.put("VEXTRUS_MANAGEMENT_PORT", "0");
        environment.putAll(more);
        return environment;
    }

    /** A name that no other test uses. */
    static String freshTenant() {
        return "tenant-" + ProcessHandle.current().pid() + "-" + TENANTS.incrementAndGet();
    }

    int port() {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    Client client(String token) {
        return new Client(http, "http://127.0.0.1:" + port(), token);
    }

    Client management() {
        return new Client(
                http,
                "http://127.0.0.1:" + context.getBean(ManagementServer.class).port(),
                "");
    }

    /** Books in euros with the standard chart and the months of 2026, and a client who may do everything. */
    Client freshBooks() {
        return books(freshTenant());
    }

    Client books(String tenant) {
        Client admin = client(Tokens.of(tenant, "ann", "admin"));
        Reply created = admin.change(
                "createTenant", Map.of("name", "Test", "baseCurrency", "EUR", "firstPeriod", "2026-01", "periods", 12));
        if (!created.data("/createTenant/__typename").equals("CreateTenantSuccess")) {
            throw new AssertionError("no books: " + created.body());
        }
        admin.ask(
                "query($at: Position) { tenant(atLeastPosition: $at) { id } }",
                Map.of("at", created.data("/createTenant/position")));
        return admin;
    }

    @Override
    public void close() {
        context.close();
    }
}
