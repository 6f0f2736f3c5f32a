package dev.vextrus.rollout.planfile;

import dev.vextrus.rollout.planfile.Problem.Code;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * How deep a YAML text may nest. The library bounds a text's length and its aliases but not its depth, and it builds a
 * document by recursion: a few thousand opening brackets would end the whole program, a running controller with it. Its
 * parser, though, keeps its own stack and tells one event at a time, so the depth is counted there first.
 */
public final class Nesting {
    /** No plan and no pod template comes near it. */
    static final int DEEPEST = 50;

    private Nesting() {}

    /**
     * Reads no further than to the first list or group of fields that stands too deep. A text that is not YAML is left to
     * who parses it, and says why.
     *
     * @param file names the text in the problem
     * @return where and why the text nests too deeply; empty where it does not
     */
    public static Optional<Problem> tooDeep(String file, String text) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setUseMarks(true).build();
        int depth = 0;
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                if (event instanceof CollectionStartEvent) {
                    depth++;
                } else if (event instanceof CollectionEndEvent) {
                    depth--;
                }
                if (depth > DEEPEST) {
                    return Optional.of(problem(file, event.getStartMark()));
                }
            }
        } catch (YamlEngineException notYaml) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Problem problem(String file, Optional<Mark> at) {
        return new Problem(
                Code.SYNTAX,
                file,
                at.map(mark -> mark.getLine() + 1).orElse(0),
                at.map(mark -> mark.getColumn() + 1).orElse(0),
                "",
                "it is nested too deeply: more than " + DEEPEST + " lists and groups of fields within each other",
                "close brackets where they belong, or write a list with one '- ' per line");
    }
}
