package dev.vextrus.finance;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.finance.codec.EventCodec;
import dev.vextrus.finance.codec.EventVersion;
import dev.vextrus.finance.handling.DecidingAgain;
import dev.vextrus.finance.handling.DecidingAgain.Mode;
import dev.vextrus.finance.ops.Answer;
import dev.vextrus.finance.ops.RolloutRoutes;
import dev.vextrus.finance.ops.Route;
import dev.vextrus.finance.ops.Route.BadParameter;
import dev.vextrus.finance.ops.Route.Parameters;
import dev.vextrus.finance.projection.ProjectionRunner;
import dev.vextrus.finance.projection.ReadModelStatus;
import dev.vextrus.finance.settings.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this release tells the rollout, by the contract in {@code docs/contracts/release-contract.md}. */
@Configuration(proxyBeanMethods = false)
class RolloutConfiguration {
    private static final int CONTRACT = 1;
    private static final int LARGEST_PAGE = 1_000;

    @Bean
    RolloutRoutes rolloutRoutes(
            Settings settings,
            EventStore eventStore,
            EventCodec eventCodec,
            ProjectionRunner projectionRunner,
            DecidingAgain decidingAgain,
            List<Route> further) {
        List<Route> routes = new ArrayList<>(further);
        routes.addAll(List.of(
                new Route("GET", "/rollout/v1/release", request -> release(settings, eventStore, eventCodec)),
                new Route("GET", "/rollout/v1/read-model", request -> readModel(projectionRunner)),
                new Route("GET", "/rollout/v1/decisions", request -> decisions(decidingAgain, request)),
                new Route("GET", "/rollout/v1/decisions/{sequence}", request -> decision(decidingAgain, request))));
        return new RolloutRoutes(routes);
    }

    @Bean
    Gauge projectionLag(ProjectionRunner projectionRunner, MeterRegistry registry) {
        return Gauge.builder("vextrus.projection.lag", projectionRunner, RolloutConfiguration::lag)
                .description("Positions between the read model and the log's head.")
                .register(registry);
    }

    @Bean
    Gauge logPosition(EventStore eventStore, MeterRegistry registry) {
        return Gauge.builder("vextrus.log.position", eventStore, EventStore::head)
                .description("Position of the last committed event.")
                .register(registry);
    }

    private static long lag(ProjectionRunner runner) {
        ReadModelStatus status = runner.status();
        return Math.max(0, status.head() - status.position());
    }

    private static Answer release(Settings settings, EventStore store, EventCodec codec) {
        Map<String, Object> release = new LinkedHashMap<>();
        release.put("version", settings.release().version());
        release.put("contract", CONTRACT);
        release.put("readModel", settings.release().readModel());
        release.put("head", store.head());
        release.put("reads", names(codec.reads()));
        release.put("writes", names(codec.writes()));
        return Answer.json(200, release);
    }

    private static List<String> names(Set<EventVersion> versions) {
        return versions.stream().map(EventVersion::toString).toList();
    }

    private static Answer readModel(ProjectionRunner runner) {
        ReadModelStatus status = runner.status();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", status.name().value());
        model.put("state", status.state().name().toLowerCase(Locale.ROOT));
        model.put("position", status.position());
        model.put("head", status.head());
        return Answer.json(200, model);
    }

    private static Answer decisions(DecidingAgain again, Parameters request) {
        long after = request.number("after", 0, 0, Long.MAX_VALUE);
        int limit = (int) request.number("limit", 100, 1, LARGEST_PAGE);
        long head = again.lastCommand();
        List<DecidingAgain.Digest> found = again.digests(after, limit + 1, mode(request));
        List<DecidingAgain.Digest> page = found.subList(0, Math.min(limit, found.size()));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("decisions", page.stream().map(RolloutConfiguration::digest).toList());
        answer.put("next", page.isEmpty() ? after : page.getLast().sequence());
        answer.put("more", found.size() > limit);
        answer.put("head", head);
        return Answer.json(200, answer);
    }

    private static Map<String, Object> digest(DecidingAgain.Digest digest) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("sequence", digest.sequence());
        shown.put("tenant", digest.tenant().value());
        shown.put("command", digest.command());
        shown.put("release", digest.release());
        shown.put("digest", digest.digest());
        return shown;
    }

    private static Answer decision(DecidingAgain again, Parameters request) {
        long sequence = request.number("sequence", 0, 1, Long.MAX_VALUE);
        return again.detail(sequence, mode(request))
                .map(detail -> {
                    Map<String, Object> shown = new LinkedHashMap<>();
                    shown.put("sequence", detail.sequence());
                    shown.put("command", detail.command());
                    shown.put("body", detail.body());
                    shown.put("outcome", detail.outcome());
                    return Answer.json(200, shown);
                })
                .orElseGet(() -> Answer.error(404, "NOT_FOUND", "There is no command " + sequence + "."));
    }

    private static Mode mode(Parameters request) {
        String mode = request.find("mode").orElse("recorded");
        return switch (mode) {
            case "recorded" -> Mode.RECORDED;
            case "decided" -> Mode.DECIDED;
            default -> throw new BadParameter("mode: '" + mode + "' is not recorded or decided");
        };
    }
}
