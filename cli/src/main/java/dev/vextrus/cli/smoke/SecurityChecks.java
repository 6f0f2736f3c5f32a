package dev.vextrus.cli.smoke;

import dev.vextrus.cli.smoke.Caller.Reply;
import dev.vextrus.cli.smoke.Check.Failed;
import dev.vextrus.cli.smoke.Check.Skipped;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What must be refused is refused. */
final class SecurityChecks {
    private static final String HARMLESS = "{ __typename }";
    private static final String SCHEMA = "{ __schema { queryType { name } } }";

    private SecurityChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("introspection", SecurityChecks::introspection),
                new Check("auth", SecurityChecks::auth),
                new Check("csrf", SecurityChecks::csrf),
                new Check("cors", SecurityChecks::cors));
    }

    private static String introspection(Caller service) throws IOException, InterruptedException, Failed, Skipped {
        Reply reply = service.graphql(service.token(Caller.TENANT), SCHEMA, Map.of());
        boolean told =
                reply.json().path("data").path("__schema").path("queryType").has("name");
        if (told && service.place().strict()) {
            throw new Failed("the schema is told; set VEXTRUS_PROFILE=production");
        }
        if (!told && !reply.errorCode().equals("INTROSPECTION_OFF")) {
            throw new Failed("status " + reply.status() + " " + reply.errorCode());
        }
        return told ? "allowed, as the local profile may" : "off";
    }

    private static String auth(Caller service) throws IOException, InterruptedException, Failed, Skipped {
        refused("no token", service.graphql("", HARMLESS, Map.of()));
        String token = service.token(Caller.TENANT);
        String[] parts = token.split("\\.", -1);
        refused(
                "a token with another's signature",
                service.graphql(parts[0] + "." + parts[1] + "." + "A".repeat(43), HARMLESS, Map.of()));
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
        refused("a token without signature", service.graphql(none + "." + parts[1] + ".", HARMLESS, Map.of()));
        if (service.graphql(token, HARMLESS, Map.of()).status() != 200) {
            throw new Failed("a good token is refused too");
        }
        return "none, forged and unsigned tokens are refused";
    }

    private static void refused(String what, Reply reply) throws Failed {
        if (reply.status() != 401) {
            throw new Failed(what + " is answered with " + reply.status());
        }
    }

    /** What a foreign page can make a browser send without asking first. */
    private static String csrf(Caller service) throws IOException, InterruptedException, Failed, Skipped {
        Reply reply = service.send(service.graphqlRequest(service.token(Caller.TENANT))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"" + HARMLESS + "\"}")));
        if (reply.status() < 400) {
            throw new Failed("a plain form is answered with " + reply.status());
        }
        if (service.place().strict() && reply.status() != 403) {
            throw new Failed("a plain form is answered with " + reply.status() + " instead of 403");
        }
        return "a plain form is refused with " + reply.status();
    }

    private static String cors(Caller service) throws IOException, InterruptedException, Failed {
        Reply reply = service.send(service.graphqlRequest("")
                .header("Origin", "https://smoke-test.invalid")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        if (reply.raw().headers().firstValue("Access-Control-Allow-Origin").isPresent()) {
            throw new Failed("an unknown origin may call");
        }
        return "an unknown origin is refused with " + reply.status();
    }
}
