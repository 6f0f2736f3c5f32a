package dev.vextrus.cli.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.cli.output.Output;
import dev.vextrus.eventstore.ChainBreak;
import dev.vextrus.kernel.TenantId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ServiceProofTest {

    @Test
    void a_break_is_told_with_tenant_position_and_kind() {
        ServiceProof.Break found = Objects.requireNonNull(
                ServiceProof.Break.of(new ChainBreak(5, TenantId.of("acme"), ChainBreak.Kind.GAP)));

        assertThat(found.say()).isEqualTo("tenant acme, first at position 5 (gap: an event before it is missing)");
    }

    @Test
    void a_service_elsewhere_tells_the_same_of_its_break() {
        ServiceProof proof = proof("broken at position 5, tenant acme, hash: " + ChainBreak.Kind.HASH.meaning());

        assertThat(proof.ok()).isFalse();
        assertThat(proof.broken())
                .isEqualTo(ServiceProof.Break.of(new ChainBreak(5, TenantId.of("acme"), ChainBreak.Kind.HASH)));
    }

    @Test
    void of_an_older_service_the_position_is_told_alone() {
        ServiceProof.Break found =
                Objects.requireNonNull(proof("broken at position 5").broken());

        assertThat(found.say()).isEqualTo("first at position 5");
    }

    @Test
    void scripts_get_the_break_beside_the_fields_they_know() {
        StringWriter out = new StringWriter();
        Output json = new Output(new PrintWriter(out, true), new PrintWriter(new StringWriter()), true, false, false);

        new EventsCommand.Verify(json).tell(proof("broken at position 5, tenant acme, tail: cut"));

        assertThat(JsonMapper.shared().readTree(out.toString()))
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"events":9,"ok":false,"firstBroken":5,"brokenTenant":"acme","brokenKind":"tail"}
                        """));
    }

    private static ServiceProof proof(String example) {
        return ServiceProof.of(JsonMapper.shared()
                .readTree("{\"name\":\"hash-chain\",\"checked\":9,\"ok\":false,\"examples\":[\"" + example + "\"]}"));
    }
}
