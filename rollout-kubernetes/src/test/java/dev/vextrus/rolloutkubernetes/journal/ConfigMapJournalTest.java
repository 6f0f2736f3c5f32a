package dev.vextrus.rolloutkubernetes.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.filejournal.JournalTampered;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.port.JournalFenced;
import dev.vextrus.rollout.port.RolloutJournalContract;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.VirtualClock;
import dev.vextrus.rolloutkubernetes.resource.PhasedRolloutStatus;
import dev.vextrus.rolloutkubernetes.testkit.PatientClient;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true, kubernetesClientBuilderCustomizer = PatientClient.class)
class ConfigMapJournalTest extends RolloutJournalContract {
    @SuppressWarnings("NullAway.Init") // the extension sets it
    KubernetesClient client;

    @Override
    protected ConfigMapJournal open() {
        return open(null);
    }

    private ConfigMapJournal open(PhasedRolloutStatus.@Nullable JournalMark known) {
        return ConfigMapJournal.open(client, "shop", "till", () -> NOW, known);
    }

    @Test
    void a_long_journal_is_a_chain_of_immutable_config_maps_of_bounded_size() {
        try (ConfigMapJournal journal = open()) {
            for (int i = 0; i < 60; i++) {
                journal.append(bulky(i), NOW);
            }
        }
        List<ConfigMap> maps = maps();
        assertThat(maps).hasSizeGreaterThan(2);
        assertThat(maps).allSatisfy(map -> assertThat(Chunk.size(map)).isLessThanOrEqualTo(256 * 1024));
        assertThat(maps.subList(0, maps.size() - 1))
                .allSatisfy(map -> assertThat(map.getImmutable()).isTrue());
        assertThat(maps.getLast().getImmutable()).isNull();
        assertThat(ConfigMapJournal.read(client, "shop", "till")).hasSize(60);
    }

    @Test
    void a_config_map_taken_out_is_noticed() {
        try (ConfigMapJournal journal = open()) {
            for (int i = 0; i < 60; i++) {
                journal.append(bulky(i), NOW);
            }
        }
        client.resource(maps().get(1)).delete();

        assertThatThrownBy(this::open).isInstanceOf(JournalTampered.class);
    }

    @Test
    void a_changed_entry_is_noticed() {
        try (ConfigMapJournal journal = open()) {
            journal.append(new JournalRecord.Resumed("ada"), NOW);
        }
        ConfigMap map = maps().getFirst();
        String line =
                Packed.unpack(map.getBinaryData().getOrDefault("00000001", "")).replace("ada", "eve");
        client.resource(new ConfigMapBuilder(map)
                        .addToBinaryData("00000001", Packed.pack(line))
                        .build())
                .update();

        assertThatThrownBy(this::open).isInstanceOf(JournalTampered.class).hasMessageContaining("entry 1");
    }

    @Test
    void an_end_that_was_cut_off_is_noticed_by_what_the_status_says() {
        PhasedRolloutStatus.JournalMark mark;
        try (ConfigMapJournal journal = open()) {
            for (int i = 0; i < 30; i++) {
                journal.append(bulky(i), NOW);
            }
            mark = journal.mark();
        }
        assertThat(open(mark).entries()).hasSize(30);
        client.resource(maps().getLast()).delete();

        assertThatThrownBy(() -> open(mark)).isInstanceOf(JournalTampered.class);
    }

    @Test
    void where_all_of_it_is_gone_a_new_one_follows_the_hash_that_the_status_names() {
        PhasedRolloutStatus.JournalMark mark;
        try (ConfigMapJournal journal = open()) {
            journal.append(new JournalRecord.Resumed("ada"), NOW);
            mark = journal.mark();
        }
        client.configMaps().inNamespace("shop").delete();

        try (ConfigMapJournal journal = open(mark)) {
            assertThat(journal.lost()).isTrue();
            assertThat(journal.mark()).as("until it is written on").isEqualTo(mark);
            JournalEntry next = journal.append(new JournalRecord.Resumed("eve"), NOW);
            assertThat(next.sequence()).isEqualTo(2);
            assertThat(journal.lost()).isFalse();
        }

        try (ConfigMapJournal journal = open(mark)) {
            assertThat(journal.lost()).isFalse();
            assertThat(journal.entries()).extracting(JournalEntry::sequence).containsExactly(2L);
        }
    }

    @Test
    void a_journal_that_follows_another_hash_than_the_status_names_is_not_taken_for_the_next_one() {
        try (ConfigMapJournal journal = open(new PhasedRolloutStatus.JournalMark(1, "b".repeat(64), 1))) {
            journal.append(new JournalRecord.Resumed("eve"), NOW);
        }

        assertThatThrownBy(() -> open(new PhasedRolloutStatus.JournalMark(1, "a".repeat(64), 1)))
                .isInstanceOf(JournalTampered.class);
    }

    /** The twin stands for the write that was carried out though its answer never came: the client repeats it by itself. */
    @Test
    void a_write_whose_repeat_meets_what_it_wrote_itself_goes_on() {
        JournalRecord first = new JournalRecord.Resumed("ada");
        try (ConfigMapJournal journal = open();
                ConfigMapJournal twin = open()) {
            twin.append(first, NOW);
            journal.append(first, NOW);
            for (int i = 0; i < 30; i++) {
                twin.append(bulky(i), NOW);
                journal.append(bulky(i), NOW);
            }
            journal.checkpoint(state("watched"));

            assertThat(maps())
                    .as("some were begun, some written on, some closed")
                    .hasSizeGreaterThan(1);
            assertThat(ConfigMapJournal.read(client, "shop", "till")).isEqualTo(journal.entries());
            assertThatThrownBy(() -> twin.append(new JournalRecord.Resumed("eve"), NOW))
                    .isInstanceOf(JournalFenced.class);
        }
    }

    @Test
    void checkpoints_are_written_to_the_cluster_now_and_then_only() {
        VirtualClock clock = new VirtualClock();
        RolloutState first = state("first");
        try (ConfigMapJournal journal = ConfigMapJournal.open(client, "shop", "till", clock, null)) {
            journal.append(new JournalRecord.Resumed("ada"), NOW);
            journal.checkpoint(first);
            journal.checkpoint(state("second"));
            assertThat(ConfigMapJournal.readCheckpoint(client, "shop", "till")).isEqualTo(first);

            clock.advance(ConfigMapJournal.CHECKPOINT_EVERY);
            journal.checkpoint(state("third"));
            assertThat(ConfigMapJournal.readCheckpoint(client, "shop", "till")).isEqualTo(state("third"));
        }
    }

    @Test
    void rollouts_of_long_ago_are_forgotten_by_whole_config_maps_and_the_rest_is_still_a_chain() {
        int rollouts = ConfigMapJournal.ROLLOUTS_KEPT + 5;
        try (ConfigMapJournal journal = open()) {
            for (int i = 0; i < rollouts; i++) {
                journal.append(new JournalRecord.Started(Plans.hourly(), state("r" + i), "ada"), NOW);
                for (int entry = 0; entry < 25; entry++) {
                    journal.append(bulky(100 * i + entry), NOW);
                }
            }
        }
        List<JournalEntry> kept = ConfigMapJournal.read(client, "shop", "till");
        assertThat(kept.getFirst().sequence()).isGreaterThan(1);
        assertThat(kept.stream().filter(e -> e.what() instanceof JournalRecord.Started))
                .hasSizeBetween(ConfigMapJournal.ROLLOUTS_KEPT, ConfigMapJournal.ROLLOUTS_KEPT + 2);
    }

    private List<ConfigMap> maps() {
        return client.configMaps().inNamespace("shop").list().getItems().stream()
                .sorted(Comparator.comparing(map -> map.getMetadata().getName()))
                .toList();
    }

    private static RolloutState state(String id) {
        return RolloutState.begin(id, Plans.hourly(), Color.BLUE, 0, List.of(), NOW);
    }

    /** Text that hardly compresses, so that few entries fill a ConfigMap. */
    private static JournalRecord bulky(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder(8000);
        for (int i = 0; i < 8000; i++) {
            text.append((char) ('!' + random.nextInt(90)));
        }
        return new JournalRecord.Acted(1, 0, null, List.of(text.toString()));
    }
}
