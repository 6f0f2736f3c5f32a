package dev.vextrus.rollout.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkedTest {
    private static final String ENTRY = "JournalEntryPosted {lines: 2}";

    @Test
    void an_excerpt_keeps_the_first_word_and_what_stands_around_the_difference() {
        String stable =
                "JournalEntryPosted {date: 2026-11-22, entry: 01a2, account: 4000, amount: -119.35, memo: Invoice to you}";
        String canary = stable.replace("119.35", "121.61");

        assertThat(Marked.lines(List.of(canary), List.of(stable)).getFirst().excerpt())
                .isEqualTo("JournalEntryPosted ...22, entry: 01a2, account: 4000, amount: -121.61, memo: In...");
        assertThat(Marked.lines(List.of("Paid {amount: 1}"), List.of("Paid {amount: 2}"))
                        .getFirst()
                        .excerpt())
                .isEqualTo("Paid {amount: 1}");
    }

    @Test
    void a_figure_that_differs_is_marked_whole_and_alone() {
        List<String> stable = List.of(ENTRY, "TaxPosted {amount: 119.00, rate: 0.19}");
        List<String> canary = List.of(ENTRY, "TaxPosted {amount: 119.50, rate: 0.19}");

        assertThat(Marked.lines(stable, canary))
                .containsExactly(
                        new Marked(ENTRY, "", ""), new Marked("TaxPosted {amount: ", "119.00", ", rate: 0.19}"));
        assertThat(Marked.lines(canary, stable).getLast().differs()).isEqualTo("119.50");
    }

    @Test
    void a_line_that_the_other_side_lacks_is_marked_as_a_whole() {
        assertThat(Marked.lines(List.of(ENTRY, "a (b)"), List.of("a (b)")))
                .first()
                .satisfies(line -> {
                    assertThat(line.differs()).isEqualTo(ENTRY);
                    assertThat(line.text()).isEqualTo(ENTRY);
                });
        assertThat(Marked.lines(List.of("a (b)"), List.of("a (b) (c)"))).containsExactly(new Marked("", "a (b)", ""));
    }

    @Test
    void the_same_line_twice_on_one_side_differs_once() {
        assertThat(Marked.lines(List.of(ENTRY, ENTRY), List.of(ENTRY)))
                .extracting(Marked::same)
                .containsExactly(true, false);
    }
}
