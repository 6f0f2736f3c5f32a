package dev.vextrus.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command says. Text goes to standard output; with {@code --json} standard output carries one JSON object as its
 * last line, and everything else goes to standard error.
 */
public final class Output {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final @Nullable Recording stream;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private final boolean terminal;
    private final boolean colour;

    /**
     * @param terminal whether standard output is a terminal that understands control sequences
     * @param colour whether colours are wanted
     */
    public Output(PrintWriter out, PrintWriter err, boolean json, boolean terminal, boolean colour) {
        this(null, out, err, json, terminal, colour);
    }

    private Output(
            @Nullable Recording stream,
            PrintWriter out,
            PrintWriter err,
            boolean json,
            boolean terminal,
            boolean colour) {
        this.stream = stream;
        this.out = out;
        this.err = err;
        this.json = json;
        this.terminal = terminal;
        this.colour = colour;
    }

    /** Of this process: the launcher says whether standard output is a terminal; {@code NO_COLOR} is respected. */
    public static Output ofThisProcess(boolean json) {
        boolean terminal = Boolean.getBoolean("vextrus.terminal") && !json;
        String noColour = System.getenv("NO_COLOR");
        return of(
                new FileOutputStream(FileDescriptor.out),
                writer(new FileOutputStream(FileDescriptor.err)),
                json,
                terminal,
                terminal && (noColour == null || noColour.isEmpty()));
    }

    /** To a stream that may lose its reader. */
    public static Output of(OutputStream out, PrintWriter err, boolean json, boolean terminal, boolean colour) {
        Recording stream = new Recording(out);
        return new Output(stream, writer(stream), err, json, terminal, colour);
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    public boolean json() {
        return json;
    }

    public boolean terminal() {
        return terminal;
    }

    public boolean colour() {
        return colour;
    }

    public PrintWriter standardOutput() {
        return out;
    }

    public PrintWriter standardError() {
        return err;
    }

    /** A line of the answer; on standard error where standard output is kept for JSON. */
    public void say(String line) {
        (json ? err : out).println(line);
    }

    /** A line about how it goes, always on standard error. */
    public void progress(String line) {
        err.println(line);
    }

    /** The answer itself, in the form that was asked for. */
    public void answer(String text, Map<String, ?> fields) {
        if (json) {
            result(fields);
        } else {
            out.println(text);
        }
    }

    /** The one JSON object, as one line on standard output. */
    public void result(Map<String, ?> fields) {
        out.println(JSON.writeValueAsString(fields));
    }

    /** Whether standard output did not take all that was said: its disk is full, or its reader has gone. */
    public boolean isLost() {
        return out.checkError();
    }

    /** Whether what was not taken has no reader any more, who had enough of it. */
    public boolean hasNoReader() {
        return stream != null && stream.hasNoReader();
    }

    /** What went wrong, and what helps. */
    public void error(String message, String remedy) {
        err.println(paint("1;31", "error:") + " " + message);
        err.println("  " + remedy);
    }

    /** {@code text} in an SGR colour such as {@code 1;32}, or as it is where colours are off. */
    public String paint(String sgr, String text) {
        return colour ? "\u001b[" + sgr + "m" + text + "\u001b[0m" : text;
    }
}
