package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vextrus.embeddedpostgres.EmbeddedPostgres;
import dev.vextrus.embeddedpostgres.Roles;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.finance.FinanceApplication;
import dev.vextrus.finance.database.CannotStart;
import dev.vextrus.finance.settings.Settings;
import dev.vextrus.finance.settings.SettingsReader;
import dev.vextrus.finance.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class TrainingIT {
    private static final int ROUNDS = 40;

    @Test
    void a_training_run_keeps_books_of_every_kind_and_refuses_a_database_that_has_some() throws IOException {
        Path folder = Files.createTempDirectory(
                "vextrus-training-it",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder)) {
            Settings settings = SettingsReader.read(
                    RunningService.environment(Roles.provision(server).environment()), "1.0.0");
            try (ConfigurableApplicationContext context = FinanceApplication.start(settings)) {
                Training.run(context, settings, ROUNDS);

                Map<String, Long> events = context.getBean(EventStore.class).readLog(0, 10_000).stream()
                        .collect(Collectors.groupingBy(RecordedEvent::type, Collectors.counting()));
                assertThat(events)
                        .containsKeys(
                                "TenantCreated",
                                "JournalEntryPosted",
                                "JournalEntryReversed",
                                "InvoiceApproved",
                                "InvoiceVoided",
                                "PaymentReceived",
                                "PaymentReversed");
                assertThat(events.get("PaymentReceived")).isEqualTo(ROUNDS);
                assertThatThrownBy(() -> Training.run(context, settings, ROUNDS))
                        .isInstanceOf(CannotStart.class)
                        .hasMessageContaining("empty database");
            }
        }
    }
}
