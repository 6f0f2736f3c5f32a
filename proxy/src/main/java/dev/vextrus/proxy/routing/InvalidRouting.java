package dev.vextrus.proxy.routing;

/** A routing that cannot be put in force; nothing has changed. */
public final class InvalidRouting extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String field;

    /**
     * @param field the JSON field that is wrong
     * @param remedy what is wrong with it and what would be right
     */
    public InvalidRouting(String field, String remedy) {
        super(remedy);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
