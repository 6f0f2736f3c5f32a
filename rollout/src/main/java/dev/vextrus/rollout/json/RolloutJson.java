package dev.vextrus.rollout.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.Action;
import dev.vextrus.rollout.engine.ClientErrors;
import dev.vextrus.rollout.engine.Look;
import dev.vextrus.rollout.engine.Stage;
import dev.vextrus.rollout.plan.RunSpec;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;

/** The one JSON form of rollout values. The pure packages carry no annotation; how they are written is said here. */
public final class RolloutJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addMixIn(Stage.class, Named.class)
            .addMixIn(Stage.InPhase.class, Named.class)
            .addMixIn(Action.class, Named.class)
            .addMixIn(Look.class, Named.class)
            .addMixIn(JournalRecord.class, Named.class)
            .addMixIn(RunSpec.class, Named.class)
            .addMixIn(ClientErrors.class, Brief.class)
            .changeDefaultVisibility(v -> v.withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE)
                    .withFieldVisibility(Visibility.ANY))
            .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private RolloutJson() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** Values of a sealed type say which of its records they are. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    private interface Named {}

    @JsonSerialize(converter = ClientErrorsText.Of.class)
    @JsonDeserialize(converter = ClientErrorsText.From.class)
    private interface Brief {}
}
