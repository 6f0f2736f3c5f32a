package dev.vextrus.cli.demo;

import java.util.Iterator;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the new release of a demo is like. All but {@code good} are made by the jar of demo-releases. */
public enum DemoRelease {
    GOOD("good", "as it should be"),
    ERRORS("errors", "one mutation in ten fails"),
    SLOW("slow", "every request takes well over the objective"),
    CRASH("crash", "dies at start"),
    CRASH_LATER("crash-later", "dies under traffic"),
    CORRUPT("corrupt", "answers well, and books a wrong balance for some entries"),
    MISCALCULATE("miscalculate", "answers well and balances, and posts the tax of some invoices wrongly"),
    INCOMPATIBLE("incompatible", "writes an event that the stable release cannot read");

    private final String label;
    private final String meaning;

    DemoRelease(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    public String label() {
        return label;
    }

    public String meaning() {
        return meaning;
    }

    /** What is wrong with it, in the words of demo-releases; empty for nothing. */
    String fault() {
        return this == GOOD ? "" : label;
    }

    /** Whether only a service that keeps books can show it. */
    boolean needsBooks() {
        return this == CORRUPT || this == MISCALCULATE || this == INCOMPATIBLE;
    }

    /** For the command line. */
    static final class Reader implements ITypeConverter<DemoRelease> {
        @Override
        public DemoRelease convert(String text) {
            return Stream.of(values())
                    .filter(release -> release.label.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is no release; use one of " + String.join(", ", new Labels())));
        }
    }

    /** The labels, for completion. */
    static final class Labels implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(values()).map(DemoRelease::label).iterator();
        }
    }
}
