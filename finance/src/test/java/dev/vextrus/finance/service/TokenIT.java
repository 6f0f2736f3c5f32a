package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.vextrus.finance.security.Denials;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TokenIT {
    @AutoClose
    private static final RunningService service = RunningService.start();

    @Test
    void without_a_token_there_is_no_answer() {
        refused("", "TOKEN_MISSING");
    }

    @Test
    void an_expired_token_is_told_from_a_wrong_one() {
        refused(Tokens.signed(with("exp", Tokens.nowSeconds() - 120), Tokens.SECRET), "TOKEN_EXPIRED");
    }

    @Test
    void a_token_that_expired_within_the_skew_still_counts() {
        Reply reply = ask(Tokens.signed(with("exp", Tokens.nowSeconds() - 5), Tokens.SECRET));
        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void a_token_that_never_expires_is_refused() {
        Map<String, Object> claims = with("exp", 0);
        claims.remove("exp");
        refused(Tokens.signed(claims, Tokens.SECRET), "TOKEN_EXPIRED");
    }

    @Test
    void a_token_signed_with_another_secret_is_refused() {
        refused(
                Tokens.signed(with("sub", "ann"), "another-key-that-is-just-as-long-0123456789-abcdef"),
                "TOKEN_INVALID");
    }

    @Test
    void a_token_without_signature_is_refused() {
        refused(Tokens.unsigned(with("sub", "ann")), "TOKEN_INVALID");
    }

    @Test
    void a_token_that_names_another_algorithm_is_refused() {
        refused(Tokens.signed(Map.of("alg", "HS384"), with("sub", "ann"), Tokens.SECRET), "TOKEN_INVALID");
        refused(Tokens.signed(Map.of("alg", "RS256"), with("sub", "ann"), Tokens.SECRET), "TOKEN_INVALID");
    }

    @Test
    void a_token_of_another_issuer_or_for_another_audience_is_refused() {
        refused(Tokens.signed(with("iss", "somebody-else"), Tokens.SECRET), "TOKEN_ISSUER");
        refused(Tokens.signed(with("aud", "another-service"), Tokens.SECRET), "TOKEN_AUDIENCE");
    }

    @Test
    void a_token_without_tenant_is_refused() {
        refused(Tokens.signed(with("tenant", "Not A Tenant"), Tokens.SECRET), "TOKEN_TENANT");
    }

    @Test
    void a_token_that_is_no_token_is_refused() {
        refused("nonsense", "TOKEN_INVALID");
    }

    @Test
    void a_viewer_may_read_and_not_post() {
        String tenant = RunningService.freshTenant();
        service.books(tenant);
        Client viewer = service.client(Tokens.of(tenant, "vic", "viewer"));
        assertThat(viewer.ask("{ accounts { edges { node { code } } } }").status())
                .isEqualTo(200);
        Reply reply = viewer.change("openAccount", Map.of("code", "X", "name", "X", "type", "ASSET"));
        assertThat(reply.data("/openAccount/__typename")).isEqualTo("NotAllowed");
        assertThat(reply.data("/openAccount/code")).isEqualTo("FORBIDDEN");
        assertThat(reply.outcome()).hasValue("client");
    }

    @Test
    void a_token_without_a_role_of_ours_reads_nothing() {
        String tenant = RunningService.freshTenant();
        service.books(tenant);
        for (String token : List.of(Tokens.of(tenant, "eve"), Tokens.of(tenant, "eve", "shipping"))) {
            Client eve = service.client(token);
            for (Reply reply :
                    List.of(eve.ask("{ accounts { edges { node { code } } } }"), eve.get("/bulk/export?format=csv"))) {
                assertThat(reply.status()).isEqualTo(403);
                assertThat(reply.errorCode()).isEqualTo("FORBIDDEN");
                assertThat(reply.outcome()).hasValue("client");
            }
        }
        assertThat(service.client(Tokens.of(tenant, "vic", "viewer"))
                        .get("/bulk/export?format=csv")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void what_is_denied_is_in_the_audit_log_with_who_what_and_why_and_without_secrets() {
        String tenant = RunningService.freshTenant();
        service.books(tenant);
        Logger audit = (Logger) LoggerFactory.getLogger(Denials.LOGGER);
        var written = new ListAppender<ILoggingEvent>();
        written.start();
        audit.addAppender(written);
        String wrong = Tokens.signed(with("iss", "somebody-else"), Tokens.SECRET);
        try {
            service.client(Tokens.of(tenant, "vic", "viewer"))
                    .change("openAccount", Map.of("code", "X", "name", "X", "type", "ASSET"));
            ask(wrong);
        } finally {
            audit.detachAppender(written);
        }
        assertThat(List.copyOf(written.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .anySatisfy(line -> assertThat(line)
                        .contains("code=FORBIDDEN", "tenant=" + tenant, "who=vic", "what=\"openAccount\""))
                .anySatisfy(line -> assertThat(line).contains("code=TOKEN_ISSUER", "tenant=-", "POST /graphql"))
                .noneSatisfy(line -> assertThat(line).containsAnyOf(wrong, Tokens.SECRET));
    }

    private static void refused(String token, String code) {
        Reply reply = ask(token);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.errorCode()).isEqualTo(code);
        assertThat(reply.outcome()).hasValue("client");
        assertThat(reply.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(reply.body().toString()).doesNotContain("Exception", "at dev.vextrus", Tokens.SECRET);
    }

    private static Reply ask(String token) {
        return service.client(token).ask("{ version { version } }");
    }

    private static Map<String, Object> with(String claim, Object value) {
        Map<String, Object> claims = new LinkedHashMap<>(Tokens.claims("acme", "ann", "admin"));
        claims.put(claim, value);
        return claims;
    }
}
