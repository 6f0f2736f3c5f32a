package dev.vextrus.proxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class TenantClaimTest {
    private static String token(String claims) {
        return "Bearer e30."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".x";
    }

    @Test
    void the_claim_is_read_whatever_stands_around_it() {
        assertThat(TenantClaim.of(
                        token("{\"roles\":[\"a\",{\"tenant\":\"no\"}],\"x\":{\"tenant\":\"no\"},\"tenant\":\"acme\"}")))
                .isEqualTo("acme");
        assertThat(TenantClaim.of(token("{\"tenant\":\"m\u00fcller\",\"exp\":1}")))
                .isEqualTo("m\u00fcller");
        assertThat(TenantClaim.of(token("{\"tenant\":\"a\"}").replace("Bearer", "bearer")))
                .isEqualTo("a");
    }

    @Test
    void what_is_no_token_or_names_no_tenant_gives_none() {
        assertThat(TenantClaim.of(null)).isNull();
        assertThat(TenantClaim.of("Basic abc")).isNull();
        assertThat(TenantClaim.of("Bearer abc")).isNull();
        assertThat(TenantClaim.of("Bearer a.b")).isNull();
        assertThat(TenantClaim.of("Bearer a.!!!.c")).isNull();
        assertThat(TenantClaim.of(token("[1]"))).isNull();
        assertThat(TenantClaim.of(token("{\"tenant\":7}"))).isNull();
        assertThat(TenantClaim.of(token("{\"tenant\":"))).isNull();
        assertThat(TenantClaim.of(token("{\"tenant\":\"\"}"))).isNull();
        assertThat(TenantClaim.of(token("{\"tenant\":\"" + "x".repeat(101) + "\"}")))
                .isNull();
        assertThat(TenantClaim.of("Bearer a." + "x".repeat(9_000) + ".c")).isNull();
    }
}
