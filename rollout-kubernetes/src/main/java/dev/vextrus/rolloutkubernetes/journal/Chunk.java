package dev.vextrus.rolloutkubernetes.journal;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.filejournal.JournalTampered;
import dev.vextrus.rollout.filejournal.JournalText;
import dev.vextrus.rollout.json.RolloutJson;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * One ConfigMap of a journal: lines of {@link JournalText}, compressed, under their sequence with leading zeros; and beside
 * them, while it is the last, the newest watched state. The reasons stand in plain text too, for {@code kubectl}.
 *
 * @param number 1 for the first ever
 * @param map as the API server returned it
 */
record Chunk(long number, ConfigMap map) {
    static final String ROLLOUT = "vextrus.dev/rollout";
    static final String PART = "vextrus.dev/part";
    static final String JOURNAL = "journal";

    private static final String NUMBER = "vextrus.dev/chunk";
    private static final String PREVIOUS = "vextrus.dev/previous";
    private static final String CHECKPOINT = "checkpoint";

    /** @param after the newest entry when the state was watched */
    record Watched(long after, RolloutState state) {}

    /** @throws JournalTampered if the ConfigMap says no number */
    static Chunk of(ConfigMap map) {
        String number = annotation(map, NUMBER);
        if (!number.matches("\\d{1,18}")) {
            throw new JournalTampered("ConfigMap " + map.getMetadata().getName()
                    + " is labelled as part of a journal, but says not which");
        }
        return new Chunk(Long.parseLong(number), map);
    }

    /** Not yet in the cluster. */
    static Chunk empty(String namespace, String rollout, long number, String previous) {
        return new Chunk(
                number,
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name(rollout, number))
                        .withLabels(Map.of(ROLLOUT, rollout, PART, JOURNAL))
                        .withAnnotations(Map.of(NUMBER, Long.toString(number), PREVIOUS, previous))
                        .endMetadata()
                        .build());
    }

    static String name(String rollout, long number) {
        return rollout + "-journal-" + "%06d".formatted(number);
    }

    /** Hash of the entry before the first of this chunk. */
    String previous() {
        return annotation(map, PREVIOUS);
    }

    boolean sealed() {
        return Boolean.TRUE.equals(map.getImmutable());
    }

    boolean stored() {
        return map.getMetadata().getResourceVersion() != null;
    }

    /** @param previous hash that the first entry must follow */
    List<JournalEntry> entries(String previous) {
        if (!previous().equals(previous)) {
            throw new JournalTampered("ConfigMap " + map.getMetadata().getName()
                    + " does not follow the one before: a part of the journal was taken out or put in");
        }
        List<JournalEntry> entries = new ArrayList<>();
        String last = previous;
        for (Map.Entry<String, String> entry : new TreeMap<>(binary()).entrySet()) {
            if (!entry.getKey().equals(CHECKPOINT)) {
                long sequence = Long.parseLong(entry.getKey());
                JournalEntry read = JournalText.parse(Packed.unpack(entry.getValue()), sequence, last);
                entries.add(read);
                last = read.hash();
            }
        }
        return entries;
    }

    @Nullable
    Watched watched() {
        String packed = binary().get(CHECKPOINT);
        try {
            return packed == null ? null : RolloutJson.mapper().readValue(Packed.unpack(packed), Watched.class);
        } catch (JacksonException e) {
            // It only saves repeating some watching: without a readable one the entries suffice.
            return null;
        }
    }

    /** With one entry more; the checkpoint before it is past. */
    ConfigMap with(JournalEntry entry, String reason) {
        String key = "%08d".formatted(entry.sequence());
        ConfigMapBuilder next = new ConfigMapBuilder(map)
                .addToBinaryData(key, Packed.pack(JournalText.line(entry)))
                .removeFromBinaryData(CHECKPOINT);
        return reason.isEmpty()
                ? next.build()
                : next.addToData(key + ".txt", entry.at() + " " + reason).build();
    }

    ConfigMap with(Watched watched) {
        return new ConfigMapBuilder(map)
                .addToBinaryData(CHECKPOINT, Packed.pack(RolloutJson.mapper().writeValueAsString(watched)))
                .build();
    }

    ConfigMap asSealed() {
        return new ConfigMapBuilder(map)
                .removeFromBinaryData(CHECKPOINT)
                .withImmutable(true)
                .build();
    }

    /**
     * Whether both hold the same part of the same journal. Its entries are chained from the one on that says who took the
     * rollout up, so no other operator writes the same.
     */
    static boolean sameContent(ConfigMap one, ConfigMap other) {
        return annotation(one, NUMBER).equals(annotation(other, NUMBER))
                && annotation(one, PREVIOUS).equals(annotation(other, PREVIOUS))
                && Boolean.TRUE.equals(one.getImmutable()) == Boolean.TRUE.equals(other.getImmutable())
                && orNone(one.getData()).equals(orNone(other.getData()))
                && orNone(one.getBinaryData()).equals(orNone(other.getBinaryData()));
    }

    private static Map<String, String> orNone(@Nullable Map<String, String> values) {
        return values == null ? Map.of() : values;
    }

    /** Of all its values, in bytes as the API server counts them. */
    static int size(ConfigMap map) {
        int size = 0;
        if (map.getData() != null) {
            for (Map.Entry<String, String> entry : map.getData().entrySet()) {
                size += entry.getKey().length() + entry.getValue().length();
            }
        }
        if (map.getBinaryData() != null) {
            for (Map.Entry<String, String> entry : map.getBinaryData().entrySet()) {
                size += entry.getKey().length() + entry.getValue().length();
            }
        }
        return size;
    }

    private Map<String, String> binary() {
        return orNone(map.getBinaryData());
    }

    private static String annotation(ConfigMap map, String key) {
        Map<String, String> annotations = map.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(key, "");
    }
}
