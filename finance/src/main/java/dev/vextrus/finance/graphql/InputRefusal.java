package dev.vextrus.finance.graphql;

/** A value of the input that can never be right; shown to the caller as a refusal, before anything is decided. */
public final class InputRefusal extends RuntimeException {
    private final RefusalView view;

    public InputRefusal(String code, String field, String message, String remedy) {
        super(message, null, false, false);
        this.view = new RefusalView(RefusalView.INPUT_REFUSED, code, message, field, remedy);
    }

    RefusalView view() {
        return view;
    }
}
