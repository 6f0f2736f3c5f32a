package dev.vextrus.finance;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.postgres.PostgresEventStore;
import dev.vextrus.finance.account.AccountCommand;
import dev.vextrus.finance.account.AccountDecider;
import dev.vextrus.finance.codec.EventCodec;
import dev.vextrus.finance.codec.JsonEventCodec;
import dev.vextrus.finance.command.CommandBus;
import dev.vextrus.finance.command.Decider;
import dev.vextrus.finance.command.IdSource;
import dev.vextrus.finance.handling.CommandCodec;
import dev.vextrus.finance.handling.CommandHandling;
import dev.vextrus.finance.handling.Deciders;
import dev.vextrus.finance.handling.DecidingAgain;
import dev.vextrus.finance.handling.Folding;
import dev.vextrus.finance.handling.Quarantine;
import dev.vextrus.finance.handling.TimeOrderedIds;
import dev.vextrus.finance.invoice.InvoiceCommand;
import dev.vextrus.finance.invoice.InvoiceDecider;
import dev.vextrus.finance.journal.JournalCommand;
import dev.vextrus.finance.journal.JournalDecider;
import dev.vextrus.finance.onboarding.TenantDecider;
import dev.vextrus.finance.payment.PaymentCommand;
import dev.vextrus.finance.payment.PaymentDecider;
import dev.vextrus.finance.period.PeriodCommand;
import dev.vextrus.finance.period.PeriodDecider;
import dev.vextrus.finance.settings.Settings;
import dev.vextrus.finance.tenant.TenantCommand;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The write side. Each part that a release might get wrong is a bean behind its interface, so that a release under test
 * can wrap it.
 */
@Configuration(proxyBeanMethods = false)
class BooksConfiguration {

    @Bean
    EventStore eventStore(
            Settings settings,
            Clock clock,
            DataSource appenderDataSource,
            DataSource projectorDataSource,
            DataSource readerDataSource) {
        return new PostgresEventStore(
                new PostgresEventStore.Sources(appenderDataSource, projectorDataSource, readerDataSource),
                settings.release().version(),
                clock);
    }

    @Bean
    EventCodec eventCodec() {
        return new JsonEventCodec();
    }

    @Bean
    Decider<TenantCommand> tenantDecider() {
        return new TenantDecider();
    }

    @Bean
    Decider<AccountCommand> accountDecider() {
        return new AccountDecider();
    }

    @Bean
    Decider<PeriodCommand> periodDecider() {
        return new PeriodDecider();
    }

    @Bean
    Decider<JournalCommand> journalDecider() {
        return new JournalDecider();
    }

    @Bean
    Decider<InvoiceCommand> invoiceDecider() {
        return new InvoiceDecider();
    }

    @Bean
    Decider<PaymentCommand> paymentDecider() {
        return new PaymentDecider();
    }

    @Bean
    Quarantine quarantine() {
        return new Quarantine();
    }

    @Bean
    Folding folding(EventStore eventStore, EventCodec eventCodec, Quarantine quarantine) {
        return new Folding(eventStore, eventCodec, quarantine);
    }

    @Bean
    Deciders deciders(List<Decider<?>> each) {
        return new Deciders(each);
    }

    @Bean
    CommandCodec commandCodec() {
        return new CommandCodec();
    }

    @Bean
    IdSource idSource(Clock clock) {
        return new TimeOrderedIds(clock, new SecureRandom());
    }

    @Bean
    CommandBus commandBus(
            EventStore eventStore,
            EventCodec eventCodec,
            CommandCodec commandCodec,
            Deciders deciders,
            Folding folding,
            Clock clock,
            IdSource idSource) {
        return new CommandHandling(eventStore, eventCodec, commandCodec, deciders, folding, clock, idSource);
    }

    @Bean
    DecidingAgain decidingAgain(
            EventStore eventStore,
            EventCodec eventCodec,
            CommandCodec commandCodec,
            Deciders deciders,
            Folding folding) {
        return new DecidingAgain(eventStore, eventCodec, commandCodec, deciders, folding);
    }
}
