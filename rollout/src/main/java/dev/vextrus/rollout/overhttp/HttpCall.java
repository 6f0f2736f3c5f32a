package dev.vextrus.rollout.overhttp;

import java.io.IOException;

/** One instance's management address. */
public interface HttpCall {

    /** An answer; {@code body} is text. */
    record Reply(int status, String body) {}

    /**
     * @param path with its query
     * @throws IOException where no answer came in time
     */
    Reply get(String path) throws IOException;
}
