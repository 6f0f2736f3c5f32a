package dev.vextrus.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IdentifiersTest {

    @Test
    void a_currency_is_an_iso_code_with_a_minor_unit() {
        assertThat(CurrencyCode.isKnown("USD")).isTrue();
        assertThat(CurrencyCode.isKnown("VACHR")).isFalse();
        assertThat(CurrencyCode.isKnown("usd")).isFalse();
        assertThat(CurrencyCode.isKnown("XAU")).isFalse();
        assertThatThrownBy(() -> CurrencyCode.of("VACHR")).hasMessageContaining("ISO 4217");
        assertThat(CurrencyCode.of("KWD").minorUnits()).isEqualTo(3);
    }

    @Test
    void a_tenant_is_a_dns_label() {
        assertThat(TenantId.of("acme-2")).hasToString("acme-2");
        for (String bad : new String[] {"", "-a", "a-", "Acme", "a_b", "a.b", "a b", "ä", "a".repeat(64)}) {
            assertThatThrownBy(() -> TenantId.of(bad)).as(bad).hasMessageStartingWith("tenant:");
        }
        assertThat(TenantId.isWellFormed("a".repeat(63))).isTrue();
    }

    @Test
    void an_actor_has_a_name() {
        assertThatThrownBy(() -> Actor.of(" ")).hasMessageContaining("1 to 255");
    }
}
