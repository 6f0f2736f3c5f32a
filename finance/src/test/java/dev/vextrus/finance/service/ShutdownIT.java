package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownIT {
    private static final int CLIENTS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * Clients keep their connections, and go elsewhere when an answer closes one, as proxies do. A request is lost where it
     * was sent and never answered.
     */
    @Test
    void a_terminated_service_answers_every_request_that_it_took(@TempDir Path folder) throws Exception {
        String tenant = RunningService.freshTenant();
        String token = Tokens.of(tenant, "ann", "admin");
        ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();
        CountDownLatch underWay = new CountDownLatch(CLIENTS * 5);
        try (ServiceProcess service = ServiceProcess.start(folder, Map.of("VEXTRUS_DRAIN_SECONDS", "20"))) {
            Client ann = service.client(token);
            ann.change("createTenant", Map.of("name", "T", "baseCurrency", "EUR", "firstPeriod", "2026-01"));
            Entries.openAccounts(ann);
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    running.add(clients.submit(() -> post(service.client(token), accepted, lost, underWay)));
                }
                assertThat(underWay.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                service.terminate();
                for (Future<?> client : running) {
                    client.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                }
            }
            assertThat(service.exit()).isEqualTo(143);
        }
        assertThat(lost).isEmpty();
        try (RunningService next = RunningService.start()) {
            Reply balance = next.client(token)
                    .ask(
                            "query($at: Position) { trialBalance(atLeastPosition: $at) { totalDebit } }",
                            Map.of(
                                    "at",
                                    String.valueOf(accepted.stream()
                                            .mapToLong(Long::parseLong)
                                            .max()
                                            .orElseThrow())));
            assertThat(balance.data("/trialBalance/totalDebit")).isEqualTo(accepted.size() + ".00");
        }
    }

    private static void post(
            Client client,
            ConcurrentLinkedQueue<String> accepted,
            ConcurrentLinkedQueue<String> lost,
            CountDownLatch underWay) {
        while (true) {
            try {
                Reply reply = client.change("postJournalEntry", Entries.entry("1.00", "-1.00"));
                if (reply.outcome().filter("ok"::equals).isPresent()) {
                    accepted.add(reply.data("/postJournalEntry/position"));
                } else {
                    lost.add(reply.status() + " " + reply.body());
                }
                underWay.countDown();
                if (reply.headers()
                        .firstValue("Connection")
                        .filter("close"::equals)
                        .isPresent()) {
                    return;
                }
            } catch (UncheckedIOException failed) {
                lost.add(String.valueOf(failed.getCause()));
                return;
            }
        }
    }
}
