package dev.vextrus.finance;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.finance.account.read.AccountProjection;
import dev.vextrus.finance.account.read.AccountQueries;
import dev.vextrus.finance.codec.EventCodec;
import dev.vextrus.finance.command.CommandBus;
import dev.vextrus.finance.graphql.ErrorCode;
import dev.vextrus.finance.graphql.Mutations;
import dev.vextrus.finance.graphql.ReadYourWrites;
import dev.vextrus.finance.graphql.RequestFailure;
import dev.vextrus.finance.invoice.read.InvoiceProjection;
import dev.vextrus.finance.invoice.read.InvoiceQueries;
import dev.vextrus.finance.journal.read.JournalProjection;
import dev.vextrus.finance.journal.read.JournalQueries;
import dev.vextrus.finance.payment.read.PaymentProjection;
import dev.vextrus.finance.payment.read.PaymentQueries;
import dev.vextrus.finance.period.read.PeriodProjection;
import dev.vextrus.finance.period.read.PeriodQueries;
import dev.vextrus.finance.projection.EventDecoder;
import dev.vextrus.finance.projection.Projection;
import dev.vextrus.finance.projection.ProjectionRunner;
import dev.vextrus.finance.projection.ReadModelName;
import dev.vextrus.finance.projection.ReadModelPosition;
import dev.vextrus.finance.projection.ReadModelPosition.Freshness;
import dev.vextrus.finance.query.TenantReader;
import dev.vextrus.finance.report.BalanceProjection;
import dev.vextrus.finance.report.TrialBalanceQuery;
import dev.vextrus.finance.settings.Settings;
import dev.vextrus.finance.tenant.read.TenantProjection;
import dev.vextrus.finance.tenant.read.TenantQueries;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The read side: projections, each behind its interface so that a release under test can wrap it, and queries. */
@Configuration(proxyBeanMethods = false)
class ReadingConfiguration {
    /** How long a query waits for the read model to hold what its caller has been told of. */
    private static final Duration FRESHNESS_WAIT = Duration.ofSeconds(2);
    /** Longer ago, and nobody waits for the read model to follow at once. */
    private static final Duration READ_LATELY = Duration.ofSeconds(5);

    @Bean
    ReadModelName readModelName(Settings settings) {
        return ReadModelName.of(settings.release().readModel());
    }

    @Bean
    EventDecoder eventDecoder(EventCodec eventCodec) {
        return event -> eventCodec.decode(event.type(), event.schemaVersion(), event.payload());
    }

    @Bean
    Projection tenantProjection() {
        return new TenantProjection();
    }

    @Bean
    Projection accountProjection() {
        return new AccountProjection();
    }

    @Bean
    Projection periodProjection() {
        return new PeriodProjection();
    }

    @Bean
    Projection journalProjection() {
        return new JournalProjection();
    }

    @Bean
    Projection balanceProjection() {
        return new BalanceProjection();
    }

    @Bean
    Projection invoiceProjection() {
        return new InvoiceProjection();
    }

    @Bean
    Projection paymentProjection() {
        return new PaymentProjection();
    }

    @Bean
    ReadModelPosition readModelPosition(DataSource readerDataSource, ReadModelName readModelName) {
        return new ReadModelPosition(readerDataSource, readModelName);
    }

    @Bean(initMethod = "start")
    ProjectionRunner projectionRunner(
            EventStore eventStore,
            EventDecoder eventDecoder,
            List<Projection> projections,
            DataSource projectorDataSource,
            ReadModelName readModelName,
            ReadModelPosition readModelPosition,
            TenantReader tenantReader,
            Settings settings) {
        String holder =
                settings.release().version() + "@" + ProcessHandle.current().pid();
        return new ProjectionRunner(
                eventStore,
                eventDecoder,
                projections,
                projectorDataSource,
                readModelName,
                readModelPosition,
                holder,
                () -> tenantReader.readWithin(READ_LATELY));
    }

    @Bean
    TenantReader tenantReader(DataSource readerDataSource, ReadModelName readModelName) {
        return new TenantReader(readerDataSource, readModelName);
    }

    @Bean
    TenantQueries tenantQueries(TenantReader tenantReader) {
        return new TenantQueries(tenantReader);
    }

    @Bean
    AccountQueries accountQueries(TenantReader tenantReader) {
        return new AccountQueries(tenantReader);
    }

    @Bean
    PeriodQueries periodQueries(TenantReader tenantReader) {
        return new PeriodQueries(tenantReader);
    }

    @Bean
    JournalQueries journalQueries(TenantReader tenantReader) {
        return new JournalQueries(tenantReader);
    }

    @Bean
    InvoiceQueries invoiceQueries(TenantReader tenantReader) {
        return new InvoiceQueries(tenantReader);
    }

    @Bean
    PaymentQueries paymentQueries(TenantReader tenantReader) {
        return new PaymentQueries(tenantReader);
    }

    @Bean
    TrialBalanceQuery trialBalanceQuery(TenantReader tenantReader) {
        return new TrialBalanceQuery(tenantReader);
    }

    @Bean
    Mutations mutations(CommandBus commandBus) {
        return new Mutations(commandBus);
    }

    @Bean
    ReadYourWrites readYourWrites(ReadModelPosition readModelPosition, EventStore eventStore) {
        return wanted -> {
            if (wanted == null || wanted == 0) {
                return;
            }
            if (await(readModelPosition, wanted) instanceof Freshness.Behind(long reached)) {
                boolean promised = wanted <= eventStore.head();
                throw promised
                        ? new RequestFailure(
                                ErrorCode.NOT_YET_VISIBLE,
                                "The read model is at position " + reached + ", not yet at " + wanted + ".")
                        : new RequestFailure(ErrorCode.INPUT_INVALID, "The log has no position " + wanted + " yet.");
            }
        };
    }

    private static Freshness await(ReadModelPosition position, long wanted) {
        try {
            return position.awaitAtLeast(wanted, FRESHNESS_WAIT);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new RequestFailure(ErrorCode.UNAVAILABLE, "The service is stopping.");
        }
    }
}
