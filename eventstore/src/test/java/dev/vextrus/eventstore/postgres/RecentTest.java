package dev.vextrus.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RecentTest {
    private final Recent<String, Integer> recent = new Recent<>(2);

    @Test
    void forgets_what_was_used_longest_ago() {
        recent.put("a", 1, 1);
        recent.put("b", 2, 2);
        recent.put("c", 3, 3);
        assertThat(recent.get("a")).isEqualTo(1);

        recent.trim(3);

        assertThat(recent.get("b")).isNull();
        assertThat(recent.get("a")).isEqualTo(1);
        assertThat(recent.get("c")).isEqualTo(3);
    }

    @Test
    void keeps_what_batches_under_way_have_set_however_much_that_is() {
        recent.put("a", 1, 1);
        for (int i = 0; i < 10; i++) {
            recent.put("b" + i, i, 2);
        }

        recent.trim(1);
        assertThat(recent.get("a")).isNull();
        assertThat(recent.get("b0")).isEqualTo(0);

        recent.trim(2);
        assertThat(recent.get("b0")).isEqualTo(0);
        assertThat(recent.get("b1")).isNull();
    }
}
