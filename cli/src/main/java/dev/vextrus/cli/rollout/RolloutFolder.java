package dev.vextrus.cli.rollout;

import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.process.JavaProgram;
import dev.vextrus.cli.rollout.view.Scene;
import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.filejournal.FileJournal;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rolloutlocal.LocalTargetSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a rollout on this machine keeps what outlives its controller: {@code journal/}, {@code inbox/} for people's
 * commands, {@code target/} with processes, logs and evidence.
 */
public record RolloutFolder(Path root) {
    private static final JavaProgram PROXY = new JavaProgram("proxy", "dev.vextrus.proxy.ProxyApplication");
    private static final List<String> PROXY_FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-Xss512k",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED");

    /** Of the plan called {@code name}, below the launcher's folder. */
    static RolloutFolder of(String name) {
        return new RolloutFolder(
                JavaProgram.home().resolve(".vextrus").resolve("rollouts").resolve(name));
    }

    public Path journal() {
        return root.resolve("journal");
    }

    public Path inbox() {
        return root.resolve("inbox");
    }

    /** @param port where clients come in; 0 for a free one, which is then kept */
    public LocalTargetSettings target(int port) {
        return target(port, PROXY_FLAGS);
    }

    /** A target that is gone in a minute or two, on a free port. */
    public LocalTargetSettings shortLivedTarget() {
        List<String> flags = new ArrayList<>(PROXY_FLAGS);
        flags.addAll(JavaProgram.SHORT_LIVED);
        return target(0, flags);
    }

    private LocalTargetSettings target(int port, List<String> proxyFlags) {
        return LocalTargetSettings.of(root.resolve("target"), PROXY.command(proxyFlags, List.of(), List.of()), port);
    }

    /** What a controller that may be running has written down; empty where there was no rollout. */
    Optional<Past> read() {
        List<JournalEntry> entries = FileJournal.read(journal());
        RolloutPlan plan = null;
        RolloutState state = null;
        for (JournalEntry entry : entries) {
            if (entry.what() instanceof JournalRecord.Started started) {
                plan = started.plan();
                state = started.state();
            } else if (entry.what() instanceof JournalRecord.Decided decided) {
                state = decided.state();
            }
        }
        if (plan == null || state == null) {
            return Optional.empty();
        }
        RolloutState watched = FileJournal.readCheckpoint(journal());
        boolean newer = watched != null
                && watched.id().equals(state.id())
                && !state.stage().kind().ended();
        return Optional.of(new Past(plan, newer && watched != null ? watched : state, notes(entries), entries));
    }

    /** @throws Failure where there was no rollout */
    Past past() {
        return read().orElseThrow(() ->
                Failure.usage("NO_ROLLOUT", "this plan has no rollout yet", "begin it with 'vextrus rollout start'"));
    }

    /** What is known of a rollout from its journal. */
    public record Past(RolloutPlan plan, RolloutState state, List<Scene.Note> notes, List<JournalEntry> entries) {

        public Scene scene(Instant now) {
            return new Scene(plan, state, now, notes);
        }
    }

    /** Why things were decided since the last rollout in the journal began. */
    static List<Scene.Note> notes(List<JournalEntry> entries) {
        List<Scene.Note> notes = new ArrayList<>();
        for (JournalEntry entry : entries) {
            switch (entry.what()) {
                case JournalRecord.Started _ -> notes.clear();
                case JournalRecord.Decided decided ->
                    decided.why().forEach(why -> notes.add(new Scene.Note(entry.at(), why)));
                case JournalRecord.Resumed _ -> notes.add(new Scene.Note(entry.at(), "taken up again"));
                case JournalRecord.Acted acted -> {
                    if (acted.failure() != null) {
                        notes.add(new Scene.Note(entry.at(), acted.failure()));
                    }
                }
            }
        }
        return notes;
    }
}
