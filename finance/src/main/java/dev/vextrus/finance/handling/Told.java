package dev.vextrus.finance.handling;

import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.finance.codec.FinanceJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One part of what came of a command, in the form in which two releases compare it. */
sealed interface Told {

    /** For people. */
    JsonNode shown();

    /** For the digest: equal for what is equal, and different for what is not. */
    Stream<byte[]> bytes();

    /** An event as this release writes it; equal events have equal payloads, byte by byte. */
    record Fact(StreamId stream, String type, Payload payload) implements Told {
        @Override
        public JsonNode shown() {
            ObjectNode node = FinanceJson.mapper().createObjectNode();
            node.set("payload", FinanceJson.mapper().readTree(payload.toBytes()));
            return node.put("stream", stream.value()).put("type", type);
        }

        @Override
        public Stream<byte[]> bytes() {
            return Stream.of(utf8(stream.value()), utf8(type), payload.toBytes());
        }
    }

    /** Anything but an event: a refusal's code, or what this release cannot read. */
    record Note(JsonNode shown) implements Told {
        @Override
        public Stream<byte[]> bytes() {
            return Stream.of(utf8(shown.toString()));
        }
    }

    static Told refused(String code) {
        return new Note(FinanceJson.mapper().createObjectNode().put("refused", code));
    }

    static Told unknownCommand(String type) {
        return new Note(FinanceJson.mapper().createObjectNode().put("unknownCommand", type));
    }

    static Told unreadable(String version, String stream) {
        return new Note(FinanceJson.mapper()
                .createObjectNode()
                .put("unreadable", version)
                .put("stream", stream));
    }

    /** SHA-256 in hexadecimal over all parts in their order. */
    static String digest(List<Told> outcome) {
        return Digests.sha256(outcome.stream().flatMap(Told::bytes));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
