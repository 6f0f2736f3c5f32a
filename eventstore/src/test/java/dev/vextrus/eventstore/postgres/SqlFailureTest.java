package dev.vextrus.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

final class SqlFailureTest {
    private final PSQLException duplicate = new PSQLException(new ServerErrorMessage(
            "SERROR\0C23505\0Mduplicate key value violates unique constraint \"commands_pkey\"\0"));

    @Test
    void whoever_sent_what_is_not_taken_is_told_the_code_and_nothing_of_our_tables() {
        assertThat(SqlFailure.of(duplicate)).isEqualTo(SqlFailure.DATA);
        assertThat(SqlFailure.message(duplicate)).contains("23505").doesNotContain("key", "constraint", "commands");
    }

    @Test
    void the_log_has_the_server_s_words() {
        assertThat(SqlFailure.words(duplicate)).contains("unique constraint");
    }
}
