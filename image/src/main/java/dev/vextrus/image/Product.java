package dev.vextrus.image;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What images are made of. */
public enum Product {
    FINANCE("finance", "The finance service; with the argument 'migrate', its migrations."),
    PROXY("proxy", "The proxy that shares requests out between two releases."),
    OPERATOR("operator", "The command line, which is the operator too."),
    TRIAL_POSTGRES("trial-postgres", "A small PostgreSQL for trials: one instance, no backup."),
    FINANCE_DEMO("finance-demo", "The finance service with the demo's faults on its class path: never for real books."),
    TILL_DEMO("till-demo", "A light HTTP service that misbehaves as told, and its traffic: for demonstrations.");

    private static final String VENDOR = "vextrus/";

    private final String label;
    private final String description;

    Product(String label, String description) {
        this.label = label;
        this.description = description;
    }

    /** As the command line spells it. */
    public String label() {
        return label;
    }

    String description() {
        return description;
    }

    /** The image's name, such as {@code vextrus/finance}. */
    public String repository() {
        return VENDOR + label;
    }

    public static Optional<Product> labelled(String label) {
        return Arrays.stream(values())
                .filter(product -> product.label.equals(label))
                .findFirst();
    }

    /** What one wants who asks for nothing in particular: all but what demonstrations need. */
    public static List<Product> usual() {
        return List.of(FINANCE, PROXY, OPERATOR, TRIAL_POSTGRES);
    }
}
