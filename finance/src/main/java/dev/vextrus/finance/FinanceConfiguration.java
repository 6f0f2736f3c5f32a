package dev.vextrus.finance;

import com.zaxxer.hikari.HikariDataSource;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.finance.database.Pools;
import dev.vextrus.finance.http.BodyLimitFilter;
import dev.vextrus.finance.http.Draining;
import dev.vextrus.finance.http.InFlight;
import dev.vextrus.finance.http.OutcomeFilter;
import dev.vextrus.finance.http.RequestMetrics;
import dev.vextrus.finance.http.UnreadableRequests;
import dev.vextrus.finance.ops.Health;
import dev.vextrus.finance.ops.Watch;
import dev.vextrus.finance.projection.ProjectionRunner;
import dev.vextrus.finance.projection.ReadModelState;
import dev.vextrus.finance.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** The composition root: everything that lives as long as the process, and the only place that knows the real clock. */
@Configuration(proxyBeanMethods = false)
class FinanceConfiguration {
    private static final long GRAPHQL_BODY_LIMIT_BYTES = 256 * 1024;
    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Supplier<UUID> ids() {
        return UUID::randomUUID;
    }

    @Bean
    HikariDataSource appenderDataSource(Settings settings, MeterRegistry registry) {
        return measured(Pools.appender(settings.database()), registry);
    }

    @Bean
    HikariDataSource projectorDataSource(Settings settings, MeterRegistry registry) {
        return measured(Pools.projector(settings.database()), registry);
    }

    @Bean
    HikariDataSource readerDataSource(Settings settings, MeterRegistry registry) {
        return measured(Pools.reader(settings.database()), registry);
    }

    @Bean
    InFlight inFlight() {
        return new InFlight();
    }

    @Bean
    Draining draining(InFlight inFlight, Settings settings) {
        return new Draining(inFlight, settings.drainLimit());
    }

    @Bean
    Watch watch(DataSource readerDataSource, EventStore eventStore) {
        Map<String, Callable<?>> parts = new LinkedHashMap<>();
        parts.put("database", () -> reach(readerDataSource));
        parts.put("eventStore", eventStore::head);
        return new Watch(WATCH_INTERVAL, parts);
    }

    @Bean
    Health health(InFlight inFlight, Watch watch, ProjectionRunner projectionRunner, EventStore eventStore) {
        Map<String, BooleanSupplier> parts = new LinkedHashMap<>();
        parts.put("database", () -> watch.isWell("database"));
        parts.put("eventStore", () -> watch.isWell("eventStore"));
        parts.put("writers", eventStore::isWriting);
        return new Health(
                inFlight, parts, () -> projectionRunner.status().state() == ReadModelState.LIVE, eventStore::isWriting);
    }

    @Bean
    FilterRegistrationBean<OutcomeFilter> outcomeFilter(
            Settings settings, InFlight inFlight, MeterRegistry registry, Supplier<UUID> ids) {
        RequestMetrics metrics = new RequestMetrics(registry, settings.release());
        var filter = new FilterRegistrationBean<>(
                new OutcomeFilter(settings.release().version(), inFlight, metrics, ids));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> unreadableRequests(Settings settings) {
        return server -> server.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                UnreadableRequests.answerAt(host, settings.release().version());
            }
        });
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(Settings settings) {
        var filter = new FilterRegistrationBean<>(
                new BodyLimitFilter(GRAPHQL_BODY_LIMIT_BYTES, settings.uploads().limitBytes()));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return filter;
    }

    private static HikariDataSource measured(HikariDataSource pool, MeterRegistry registry) {
        pool.setMetricRegistry(registry);
        return pool;
    }

    private static boolean reach(DataSource pool) throws Exception {
        try (Connection connection = pool.getConnection()) {
            if (!connection.isValid(2)) {
                throw new SQLTransientConnectionException("no answer");
            }
            return true;
        }
    }
}
