package dev.vextrus.finance.bulk;

import java.util.ArrayList;
import java.util.List;

/** Errors of one import, the first {@value #MAX_LISTED} kept, all counted. */
final class RowErrors {
    static final int MAX_LISTED = 1000;

    private final List<RowError> listed = new ArrayList<>();
    private long count;

    void add(RowError error) {
        count++;
        if (listed.size() < MAX_LISTED) {
            listed.add(error);
        }
    }

    void add(long row, String code, String message, String remedy) {
        add(new RowError(row, code, message, remedy));
    }

    long count() {
        return count;
    }

    List<RowError> listed() {
        return List.copyOf(listed);
    }

    long more() {
        return count - listed.size();
    }
}
