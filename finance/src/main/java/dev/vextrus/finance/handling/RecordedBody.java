package dev.vextrus.finance.handling;

import dev.vextrus.eventstore.Payload;
import dev.vextrus.finance.codec.FinanceJson;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * What a command record keeps: the command, the seed of its ids, and the ids that its outcome named.
 *
 * @param ids empty where it was refused
 */
record RecordedBody(JsonNode command, Map<String, String> ids, UUID seed) {

    static Payload write(CommandCodec.Encoded command, Map<String, String> ids, UUID seed) {
        return Payload.ofUtf8("{\"command\":" + command.json() + ",\"ids\":"
                + FinanceJson.commandMapper().writeValueAsString(new TreeMap<>(ids)) + ",\"seed\":\"" + seed + "\"}");
    }

    static RecordedBody read(Payload body) {
        return FinanceJson.commandMapper().readValue(body.toBytes(), RecordedBody.class);
    }
}
