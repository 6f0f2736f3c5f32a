package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ProductionProfileIT {

    private static final String STRONG = "vW3l0n9Qm2Zt7Rk5Yb8Xc1Hf4Jd6Gs0PaLuEo";

    @AutoClose
    private static final RunningService service = RunningService.start(Map.of(
            "VEXTRUS_PROFILE", "production",
            "VEXTRUS_JWT_SECRET", STRONG,
            "VEXTRUS_CORS_ORIGINS", "https://erp.example.org"));

    @Test
    void the_schema_is_not_told() {
        Reply reply = client().ask("{ __schema { types { name } } }");
        assertThat(reply.errorCode()).isEqualTo("INTROSPECTION_OFF");
        assertThat(client().ask("query { ...F } fragment F on Query { __type(name: \"Account\") { name } }")
                        .errorCode())
                .isEqualTo("INTROSPECTION_OFF");
        assertThat(client().ask("{ __typename version { version } }").status()).isEqualTo(200);
    }

    @Test
    void there_is_no_explorer() {
        assertThat(client().get("/graphiql").status()).isEqualTo(404);
        assertThat(service.client("").get("/graphiql").status()).isEqualTo(401);
    }

    @Test
    void what_a_foreign_web_page_could_send_is_refused() {
        Reply reply = client().send(client().request("/graphql")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"{ version { version } }\"}")));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.errorCode()).isEqualTo("CSRF_REFUSED");
        assertThat(reply.outcome()).hasValue("client");
    }

    @Test
    void only_the_named_origin_may_call_from_a_browser() {
        assertThat(preflight("https://erp.example.org").headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("https://erp.example.org");
        Reply other = preflight("https://erp.example.org.evil.example");
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(other.status()).isEqualTo(403);
    }

    private static Reply preflight(String origin) {
        Client nobody = service.client("");
        return nobody.send(nobody.request("/graphql")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    }

    private static Client client() {
        return service.client(Tokens.signed(Tokens.claims("acme", "ann", "viewer"), STRONG));
    }
}
