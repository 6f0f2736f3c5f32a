package dev.vextrus.cli.rollout.view;

import dev.vextrus.cli.output.LiveScreen;
import dev.vextrus.cli.output.Output;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.Watch;
import dev.vextrus.rollout.status.Statuses;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows scene after scene: in place on a terminal; elsewhere each new note, and a line now and then. */
public final class Watcher implements AutoCloseable {
    private static final Duration LINE_EVERY = Duration.ofSeconds(5);

    private final Output output;
    private final Frame frame;
    private final @Nullable LiveScreen screen;
    private int notesSaid;
    private Instant nextLine = Instant.MIN;

    /** @param live whether to draw in place; only done where standard output is a terminal */
    public Watcher(Output output, boolean live) {
        this.output = output;
        this.frame = new Frame(output);
        this.screen = live && output.terminal() ? open() : null;
    }

    private static @Nullable LiveScreen open() {
        try {
            return LiveScreen.open();
        } catch (IOException noTerminal) {
            return null;
        }
    }

    public void show(Scene scene) {
        if (screen != null) {
            screen.draw(frame.lines(scene));
            return;
        }
        for (; notesSaid < scene.notes().size(); notesSaid++) {
            Scene.Note note = scene.notes().get(notesSaid);
            say(scene, note.at(), note.text());
        }
        if (!scene.now().isBefore(nextLine)) {
            nextLine = scene.now().plus(LINE_EVERY);
            say(scene, scene.now(), line(scene));
        }
    }

    private void say(Scene scene, Instant at, String text) {
        output.say(Frame.clock(Duration.between(scene.state().startedAt(), at)) + " " + text);
    }

    private static String line(Scene scene) {
        RolloutState state = scene.state();
        return String.format(
                Locale.ROOT,
                "%s, %.0f %%; %s; %s",
                Words.stage(scene.plan(), state),
                100 * Statuses.weight(state),
                track("stable", state.watch().stable()),
                track("canary", state.watch().canary()));
    }

    private static String track(String name, Watch.Track track) {
        return String.format(
                Locale.ROOT,
                "%s %d requests, %d failed, P95 %.0f ms",
                name,
                track.requests(),
                track.failed(),
                track.tally().p95Millis());
    }

    @Override
    public void close() throws IOException {
        if (screen != null) {
            screen.close();
        }
    }
}
