package dev.vextrus.cli.output;

import org.jspecify.annotations.Nullable;

/** A command that cannot go on: what is wrong, what helps, and the exit code. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String code;
    private final String remedy;

    private Failure(int exitCode, String code, String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.code = code;
        this.remedy = remedy;
    }

    /** The thing asked for was tried and ended badly: exit code 1. */
    public static Failure ended(String code, String message, String remedy) {
        return new Failure(ExitCode.ENDED_BADLY, code, message, remedy, null);
    }

    /** What was asked cannot be asked like this: exit code 2. */
    public static Failure usage(String code, String message, String remedy) {
        return new Failure(ExitCode.USAGE, code, message, remedy, null);
    }

    /** Something that is needed is not there: exit code 3. */
    public static Failure unavailable(String code, String message, String remedy) {
        return new Failure(ExitCode.UNAVAILABLE, code, message, remedy, null);
    }

    /** Something that is needed is not there: exit code 3. */
    public static Failure unavailable(String code, String message, String remedy, Throwable cause) {
        return new Failure(ExitCode.UNAVAILABLE, code, message, remedy, cause);
    }

    public int exitCode() {
        return exitCode;
    }

    /** Stable, for scripts. */
    public String code() {
        return code;
    }

    public String remedy() {
        return remedy;
    }

    /** Never null: every factory asks for one. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? code : message;
    }
}
