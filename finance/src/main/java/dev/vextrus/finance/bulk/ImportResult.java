package dev.vextrus.finance.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an import ended; counts are transactions.
 *
 * @param outcome {@code imported}, {@code refused} or {@code failed}
 * @param imported posted by this run
 * @param skipped of which no posting was left
 * @param known from an earlier run
 * @param refused in error, or edited since they were imported; of a malformed file, the rows that cannot be read
 * @param position log position at which all that is imported or known of the file can be read; null where nothing was
 *     imported
 */
public record ImportResult(
        String outcome,
        long imported,
        long skipped,
        long known,
        long refused,
        List<RowError> errors,
        long moreErrors,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long position) {

    public ImportResult {
        errors = List.copyOf(errors);
    }
}
