package dev.vextrus.rollout.proxyapi;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** One proxy's control address, as docs/contracts/proxy-api.md describes it. */
public interface ProxyControl {

    /** An answer's status and JSON. */
    record Reply(int status, JsonNode json) {}

    /** @throws IOException where no answer came, or none that is JSON */
    Reply get(String path) throws IOException;

    /** @throws IOException where no answer came, or none that is JSON */
    Reply put(String path, String json) throws IOException;
}
