package dev.vextrus.rollout.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.engine.ClientErrors;
import dev.vextrus.rollout.engine.ClientErrors.Tracks;
import dev.vextrus.rollout.observation.TenantWindow.Mistakes;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClientErrorsTextTest {
    private static final Map<String, Mistakes> NOBODY = Map.of();

    @Test
    void they_are_read_back_as_they_were_written() {
        ClientErrors errors = new ClientErrors(
                1_000,
                Map.of("acme", new Mistakes(60, 1), "", new Mistakes(5, 5)),
                new Tracks(Map.of("acme", new Mistakes(30, 0)), Map.of("globex", new Mistakes(7, 2))),
                new Tracks(NOBODY, Map.of("acme", new Mistakes(9, 3))));

        String json = RolloutJson.mapper().writeValueAsString(errors);

        assertThat(json)
                .isEqualTo("{\"bornSecond\":1000,\"tenants\":{\"\":[5,5],\"acme\":[60,1,30,0,0,0,0,0,9,3],"
                        + "\"globex\":[0,0,0,0,7,2]}}");
        assertThat(read(json)).isEqualTo(errors);
    }

    @Test
    void what_an_older_controller_wrote_is_read() {
        String json = """
                {"bornSecond":1000,
                 "usual":{"acme":{"requests":60,"clientErrors":1}},
                 "young":{"stable":{},"canary":{"acme":{"requests":30,"clientErrors":12}}},
                 "old":{"stable":{"globex":{"requests":8,"clientErrors":0}},"canary":{}}}
                """;

        assertThat(read(json))
                .isEqualTo(new ClientErrors(
                        1_000,
                        Map.of("acme", new Mistakes(60, 1)),
                        new Tracks(NOBODY, Map.of("acme", new Mistakes(30, 12))),
                        new Tracks(Map.of("globex", new Mistakes(8, 0)), NOBODY)));
    }

    @Test
    void two_hundred_tenants_in_every_count_are_below_twenty_kilobytes() {
        Map<String, Mistakes> all = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            all.put(new UUID(i * 0x9E3779B97F4A7C15L, ~i).toString(), new Mistakes(1_000 + i, 10 + i));
        }
        ClientErrors full = new ClientErrors(1_000_000, all, new Tracks(all, all), new Tracks(all, all));

        String json = RolloutJson.mapper().writeValueAsString(full);

        assertThat(json.length()).isLessThan(20_000);
        assertThat(read(json)).isEqualTo(full);
    }

    private static ClientErrors read(String json) {
        return RolloutJson.mapper().readValue(json, ClientErrors.class);
    }
}
