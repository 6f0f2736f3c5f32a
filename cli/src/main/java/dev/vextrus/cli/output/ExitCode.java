package dev.vextrus.cli.output;

/** How a command ends, for scripts. */
public final class ExitCode {
    public static final int DONE = 0;

    /** The thing asked for ended badly: rolled back, refused, rows refused. */
    public static final int ENDED_BADLY = 1;

    /** Wrong usage. */
    public static final int USAGE = 2;

    /** Something needed is missing or does not answer. */
    public static final int UNAVAILABLE = 3;

    /** Whoever read the answer has ended: as a shell tells of a program that SIGPIPE ended. */
    public static final int NO_READER = 141;

    private ExitCode() {}
}
