package dev.vextrus.cli.output;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;

/**
 * A block of lines at the terminal's end that is drawn again in place. It uses no alternate screen, so what was last
 * drawn stays in the scroll-back when the command has ended.
 */
public final class LiveScreen implements AutoCloseable {
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final Terminal terminal;
    private final PrintWriter out;
    private int drawn;
    private boolean closed;

    private LiveScreen(Terminal terminal) {
        this.terminal = terminal;
        this.out = terminal.writer();
    }

    /** On this process' terminal. */
    public static LiveScreen open() throws IOException {
        LiveScreen screen = new LiveScreen(
                TerminalBuilder.builder().system(true).nativeSignals(false).build());
        screen.out.print(HIDE_CURSOR);
        return screen;
    }

    public int width() {
        Size size = terminal.getSize();
        return size.getColumns() > 0 ? size.getColumns() : 80;
    }

    /** Puts {@code lines} in the place of those drawn before; what is too long or too many is cut. */
    public synchronized void draw(List<String> lines) {
        if (closed) {
            return;
        }
        int rows = terminal.getSize().getRows();
        List<String> shown = rows > 1 && lines.size() > rows - 1 ? lines.subList(0, rows - 1) : lines;
        StringBuilder frame = new StringBuilder();
        if (drawn > 0) {
            frame.append("\u001b[").append(drawn).append('A');
        }
        for (String line : shown) {
            frame.append('\r').append(cut(line)).append(CLEAR_TO_END_OF_LINE).append('\n');
        }
        frame.append(CLEAR_BELOW);
        out.print(frame);
        out.flush();
        drawn = shown.size();
    }

    /** By columns on the screen, not by characters: colours take none. */
    private String cut(String line) {
        AttributedString text = AttributedString.fromAnsi(line);
        return text.columnLength() <= width()
                ? line
                : text.columnSubSequence(0, width() - 1).toAnsi(terminal) + "\u001b[0m";
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        out.print(SHOW_CURSOR);
        out.flush();
        terminal.close();
    }
}
