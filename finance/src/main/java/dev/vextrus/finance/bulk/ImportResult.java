package dev.vextrus.finance.bulk;

import java.util.List;

/**
 * How an import ended; counts are transactions.
 *
 * @param outcome {@code imported}, {@code refused} or {@code failed}
 * @param imported posted by this run
 * @param skipped of which no posting was left
 * @param known from an earlier run
 * @param refused in error, or edited since they were imported
 * @param position of the last event, 0 where nothing was posted
 */
public record ImportResult(
        String outcome,
        long imported,
        long skipped,
        long known,
        long refused,
        List<RowError> errors,
        long moreErrors,
        long position) {

    public ImportResult {
        errors = List.copyOf(errors);
    }
}
