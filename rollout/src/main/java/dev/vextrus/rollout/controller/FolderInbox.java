package dev.vextrus.rollout.controller;

import dev.vextrus.rollout.engine.Command;
import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.port.CommandInbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/** A folder into which other processes put commands, a file each; they appear whole because they are moved in. */
public record FolderInbox(Path folder) implements CommandInbox {

    /** Puts a command where a running controller finds it. */
    public void send(Command command) {
        try {
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(folder, "command", ".draft");
            Files.write(draft, RolloutJson.mapper().writeValueAsBytes(command));
            Files.move(draft, file(command), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("command cannot be put into " + folder, e);
        }
    }

    @Override
    public List<Command> waiting() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Command> commands = new ArrayList<>();
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                read(file, commands);
            }
            return commands;
        } catch (IOException e) {
            throw new UncheckedIOException("commands in " + folder + " cannot be read", e);
        }
    }

    @Override
    public void done(List<Command> commands) {
        try {
            for (Command command : commands) {
                Files.deleteIfExists(file(command));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("commands in " + folder + " cannot be taken out", e);
        }
    }

    /** A file that is no command is set aside under another name, so that it is neither obeyed nor read for ever. */
    private static void read(Path file, List<Command> commands) throws IOException {
        try {
            commands.add(RolloutJson.mapper().readValue(Files.readAllBytes(file), Command.class));
        } catch (JacksonException e) {
            Files.move(
                    file, file.resolveSibling(file.getFileName() + ".unreadable"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Path file(Command command) {
        return folder.resolve(command.at().toEpochMilli() + "-" + command.id() + ".json");
    }
}
