package dev.vextrus.finance;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.finance.integrity.IntegrityCheck;
import dev.vextrus.finance.integrity.IntegrityReport;
import dev.vextrus.finance.ops.Answer;
import dev.vextrus.finance.ops.Route;
import dev.vextrus.finance.ops.Route.BadParameter;
import dev.vextrus.finance.ops.Route.Parameters;
import dev.vextrus.finance.parity.Parity;
import dev.vextrus.finance.projection.EventDecoder;
import dev.vextrus.finance.projection.ReadModelName;
import dev.vextrus.kernel.TenantId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Proves the books to the rollout: whole by themselves, and equal to another release's. */
@Configuration(proxyBeanMethods = false)
class IntegrityConfiguration {
    private static final int LARGEST_PAGE = 100;

    @Bean
    IntegrityCheck integrityCheck(
            EventStore eventStore,
            EventDecoder eventDecoder,
            DataSource projectorDataSource,
            ReadModelName readModelName) {
        return new IntegrityCheck(eventStore, eventDecoder, projectorDataSource, readModelName);
    }

    @Bean
    Parity parity(DataSource projectorDataSource, ReadModelName readModelName) {
        return new Parity(projectorDataSource, readModelName);
    }

    @Bean
    Route integrityRoute(IntegrityCheck integrityCheck) {
        return new Route("GET", "/rollout/v1/integrity", request -> integrity(integrityCheck.run()));
    }

    @Bean
    Route parityRoute(Parity parity) {
        return new Route("GET", "/rollout/v1/parity", request -> cuts(parity, request));
    }

    @Bean
    Route parityFactsRoute(Parity parity) {
        return new Route("GET", "/rollout/v1/parity/facts", request -> facts(parity, request));
    }

    private static Answer integrity(IntegrityReport report) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("position", report.position());
        shown.put("ok", report.ok());
        shown.put(
                "checks",
                report.checks().stream().map(IntegrityConfiguration::check).toList());
        return Answer.json(200, shown);
    }

    private static Map<String, Object> check(IntegrityReport.Check check) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", check.name());
        shown.put("ok", check.ok());
        shown.put("checked", check.checked());
        shown.put("violations", check.violations());
        shown.put("examples", check.examples());
        return shown;
    }

    private static Answer cuts(Parity parity, Parameters request) {
        long after = request.number("after", 0, 0, Long.MAX_VALUE);
        int limit = (int) request.number("limit", LARGEST_PAGE, 1, LARGEST_PAGE);
        Parity.Cuts cuts = parity.cuts(after, limit);
        List<Map<String, Object>> shown = cuts.cuts().stream()
                .map(cut -> Map.<String, Object>of("position", cut.position(), "tenants", cut.tenants()))
                .toList();
        return Answer.json(200, Map.of("cuts", shown, "next", cuts.next()));
    }

    private static Answer facts(Parity parity, Parameters request) {
        String tenant = request.text("tenant");
        if (!TenantId.isWellFormed(tenant)) {
            throw new BadParameter("tenant: '" + tenant + "' is not a tenant's id");
        }
        return Answer.json(200, Map.of("facts", parity.facts(TenantId.of(tenant))));
    }
}
