package dev.vextrus.finance.graphql;

/** A request that cannot be carried out, for a reason that its sender can act on. */
public final class RequestFailure extends RuntimeException {
    private final ErrorCode code;

    /** @param message names the field and never quotes anything secret */
    public RequestFailure(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
