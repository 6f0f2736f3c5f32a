package dev.vextrus.rollout.port;

import dev.vextrus.rollout.engine.Command;
import java.util.List;

/** Where people's wishes arrive, at least once each. */
public interface CommandInbox {

    /** What is waiting, oldest first; the same again until {@link #done}. */
    List<Command> waiting();

    /** Forgets commands that were journalled. */
    void done(List<Command> commands);
}
