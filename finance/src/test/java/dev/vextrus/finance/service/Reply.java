package dev.vextrus.finance.service;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** An answer over HTTP. */
record Reply(int status, Optional<String> outcome, java.net.http.HttpHeaders headers, JsonNode body) {

    /** The value at a JSON pointer below {@code data}, as text. */
    String data(String pointer) {
        return body.at("/data" + pointer).asString();
    }

    JsonNode node(String pointer) {
        return body.at("/data" + pointer);
    }

    /** The code of the first error. */
    String errorCode() {
        return body.at("/errors/0/extensions/code").asString();
    }
}
