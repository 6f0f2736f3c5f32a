package dev.vextrus.cli.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vextrus.cli.output.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportAnswerTest {
    private static final String WHOLE = """
            {"progress":{"phase":"checking","done":500,"total":0}}
            {"progress":{"phase":"appending","done":7,"total":1000}}
            {"progress":{"phase":"appending","done":1000,"total":1000}}
            {"result":{"outcome":"imported","imported":1000}}
            """;

    private final List<String> told = new ArrayList<>();

    @Test
    void progress_is_told_and_the_result_returned() {
        assertThat(answer(text(WHOLE)).result().path("imported").asLong()).isEqualTo(1000);
        assertThat(told).containsExactly("checking 500", "appending 1000 of 1000");
    }

    @Test
    void an_answer_that_ends_anywhere_before_its_result_is_an_import_interrupted() {
        int complete = WHOLE.lastIndexOf('}') + 1;
        for (int end = 0; end < complete; end++) {
            assertInterrupted(text(WHOLE.substring(0, end)));
        }
    }

    @Test
    void so_is_one_whose_connection_breaks() {
        assertInterrupted(new SequenceInputStream(text(WHOLE.substring(0, 80)), new Broken()));
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("closed");
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            return read();
        }
    }

    private void assertInterrupted(InputStream broken) {
        assertThatThrownBy(() -> answer(broken).result())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo("IMPORT_INTERRUPTED"));
    }

    private ImportAnswer answer(InputStream answer) {
        return new ImportAnswer(answer, told::add);
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
