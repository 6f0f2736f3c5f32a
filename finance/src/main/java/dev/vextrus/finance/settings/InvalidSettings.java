package dev.vextrus.finance.settings;

import java.util.List;

/** The environment does not make a working service; each problem names its variable and the remedy, on one line. */
public final class InvalidSettings extends RuntimeException {
    private final List<String> problems;

    public InvalidSettings(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
