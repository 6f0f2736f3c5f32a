package dev.vextrus.rollout.overhttp;

import dev.vextrus.rollout.observation.Answer;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.DecisionDetail;
import dev.vextrus.rollout.observation.DecisionPage;
import dev.vextrus.rollout.observation.HealthReport;
import dev.vextrus.rollout.observation.IntegrityReport;
import dev.vextrus.rollout.observation.ParityPage;
import dev.vextrus.rollout.observation.ReadModelView;
import dev.vextrus.rollout.observation.ReleaseInfo;
import dev.vextrus.rollout.port.ReleaseProbe;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the instances of a colour over their management ports, the first that answers. */
public final class HttpReleaseProbe implements ReleaseProbe {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String ROOT = "/rollout/v1/";
    private static final Set<Integer> TOLD = Set.of(200);
    /** Health is told in the answer's body; its status is for probes. */
    private static final Set<Integer> WELL_OR_NOT = Set.of(200, 503);

    private final Function<Color, List<HttpCall>> instances;

    /** @param instances of a colour, ready ones first */
    public HttpReleaseProbe(Function<Color, List<HttpCall>> instances) {
        this.instances = instances;
    }

    @Override
    public Answer<ReleaseInfo> release(Color color) {
        return ask(color, "release", json -> {
            JsonNode readModel = json.path("readModel");
            return new ReleaseInfo(
                    text(json, "version"),
                    readModel.isString() ? readModel.asString() : null,
                    json.path("head").asLong(),
                    texts(json.path("reads")),
                    texts(json.path("writes")));
        });
    }

    @Override
    public Answer<IntegrityReport> integrity(Color color) {
        return ask(color, "integrity", json -> {
            List<IntegrityReport.Check> checks = json.path("checks")
                    .valueStream()
                    .map(check -> new IntegrityReport.Check(
                            text(check, "name"),
                            required(check, "ok").asBoolean(),
                            check.path("checked").asLong(),
                            check.path("violations").asLong(),
                            texts(check.path("examples"))))
                    .toList();
            return new IntegrityReport(
                    json.path("position").asLong(), required(json, "ok").asBoolean(), checks);
        });
    }

    @Override
    public Answer<HealthReport> health(Color color) {
        return ask(
                color,
                "/health/full",
                WELL_OR_NOT,
                json -> new HealthReport(required(json, "checks").properties().stream()
                        .filter(check -> check.getValue().asString("").equals("down"))
                        .map(Map.Entry::getKey)
                        .toList()));
    }

    @Override
    public Answer<ReadModelView> readModel(Color color) {
        return ask(
                color,
                "read-model",
                json -> new ReadModelView(
                        text(json, "name"),
                        text(json, "state").equals("live"),
                        json.path("position").asLong(),
                        json.path("head").asLong()));
    }

    @Override
    public Answer<ParityPage> parity(Color color, long after, int limit) {
        return ask(color, "parity?after=" + after + "&limit=" + limit, json -> {
            List<ParityPage.Cut> cuts = required(json, "cuts")
                    .valueStream()
                    .map(cut -> new ParityPage.Cut(required(cut, "position").asLong(), map(cut.path("tenants"))))
                    .toList();
            return new ParityPage(cuts, required(json, "next").asLong());
        });
    }

    @Override
    public Answer<Map<String, String>> facts(Color color, long position, String tenant) {
        return ask(
                color,
                "parity/facts?position=" + position + "&tenant=" + URLEncoder.encode(tenant, StandardCharsets.UTF_8),
                json -> map(required(json, "facts")));
    }

    @Override
    public Answer<DecisionPage> decisions(Color color, long after, int limit, Mode mode) {
        return ask(color, "decisions?after=" + after + "&limit=" + limit + "&mode=" + name(mode), json -> {
            List<DecisionPage.DecidedCommand> decisions = required(json, "decisions")
                    .valueStream()
                    .map(decision -> new DecisionPage.DecidedCommand(
                            required(decision, "sequence").asLong(),
                            text(decision, "tenant"),
                            text(decision, "command"),
                            text(decision, "release"),
                            text(decision, "digest")))
                    .toList();
            return new DecisionPage(
                    decisions,
                    required(json, "next").asLong(),
                    required(json, "more").asBoolean(),
                    json.path("head").asLong(DecisionPage.UNTOLD));
        });
    }

    @Override
    public Answer<DecisionDetail> decision(Color color, long sequence, Mode mode) {
        return ask(color, "decisions/" + sequence + "?mode=" + name(mode), json -> {
            JsonNode outcome = required(json, "outcome");
            List<String> lines = outcome.isArray()
                    ? outcome.valueStream().map(HttpReleaseProbe::line).toList()
                    : List.of(outcome.toString());
            return new DecisionDetail(
                    required(json, "sequence").asLong(),
                    text(json, "command"),
                    json.path("body").toString(),
                    lines);
        });
    }

    private static String line(JsonNode event) {
        return event.path("type").asString("") + " " + event.path("stream").asString("") + " " + event.path("payload");
    }

    private static String name(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private <T> Answer<T> ask(Color color, String call, Function<JsonNode, T> read) {
        return ask(color, ROOT + call, TOLD, read);
    }

    private <T> Answer<T> ask(Color color, String path, Set<Integer> told, Function<JsonNode, T> read) {
        Answer<T> answer = new Answer.Unavailable<>("no instance of " + color.label() + " runs");
        boolean asked = false;
        for (HttpCall instance : instances.apply(color)) {
            Answer<T> one = ask(instance, path, told, read);
            if (one instanceof Answer.Offered<T> || one instanceof Answer.NotOffered<T>) {
                return one;
            }
            // One that listens and does not answer is no sign of a release without a contract.
            answer = one instanceof Answer.Unavailable<T> || !asked ? one : answer;
            asked = true;
        }
        return answer;
    }

    private static <T> Answer<T> ask(HttpCall instance, String path, Set<Integer> told, Function<JsonNode, T> read) {
        String call = path.startsWith(ROOT) ? path.substring(ROOT.length()) : path;
        try {
            HttpCall.Reply reply = instance.get(path);
            if (told.contains(reply.status())) {
                return new Answer.Offered<>(read.apply(MAPPER.readTree(reply.body())));
            }
            return reply.status() == 404
                    ? new Answer.NotOffered<>()
                    : new Answer.Unavailable<>(call + " answered " + reply.status());
        } catch (ConnectException nobody) {
            return new Answer.Absent<>(call + ": nobody listens on the management port");
        } catch (IOException silence) {
            return new Answer.Unavailable<>(call + ": " + silence);
        } catch (JacksonException | IllegalArgumentException malformed) {
            return new Answer.Unavailable<>(call + " does not keep the contract: " + malformed.getMessage());
        }
    }

    private static JsonNode required(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            throw new IllegalArgumentException("'" + field + "' is missing");
        }
        return value;
    }

    private static String text(JsonNode json, String field) {
        JsonNode value = required(json, field);
        if (!value.isString()) {
            throw new IllegalArgumentException("'" + field + "' is not a text");
        }
        return value.asString();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream()
                .map(element -> element.isString() ? element.asString() : element.toString())
                .toList();
    }

    private static Map<String, String> map(JsonNode object) {
        Map<String, String> map = new TreeMap<>();
        object.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asString()));
        return map;
    }
}
