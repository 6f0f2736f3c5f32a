package dev.vextrus.eventstore.contract;

import static dev.vextrus.eventstore.contract.Samples.ACME;
import static dev.vextrus.eventstore.contract.Samples.GLOBEX;
import static dev.vextrus.eventstore.contract.Samples.command;
import static dev.vextrus.eventstore.contract.Samples.event;
import static dev.vextrus.eventstore.contract.Samples.refused;
import static dev.vextrus.eventstore.contract.Samples.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.CommandRecord;
import dev.vextrus.eventstore.RecordedCommand;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamWrite;
import dev.vextrus.kernel.TenantId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Recorded commands and idempotency keys. */
public interface CommandContract extends StoreUnderTest {

    @Test
    default void a_command_is_recorded_with_what_it_was_decided_from() {
        CommandRecord command = command("alice", "k1", "hash");
        var appended = (AppendResult.Appended) append(writing(ACME, "a", command));

        assertThat(store().findCommand(ACME, "alice", "k1"))
                .contains(new RecordedCommand(
                        1, ACME, command, appended.firstPosition(), appended.lastPosition(), release()));
    }

    @Test
    default void the_same_key_and_body_gets_the_first_outcome_and_writes_nothing() {
        var first = (AppendResult.Appended) append(writing(ACME, "a", command("alice", "k1", "hash")));

        var again = (AppendResult.Repeated) append(writing(ACME, "other", command("alice", "k1", "hash")));

        assertThat(again.first().lastPosition()).isEqualTo(first.lastPosition());
        assertThat(store().head()).isEqualTo(first.lastPosition());
    }

    @Test
    default void the_same_key_with_another_body_is_told_so() {
        append(writing(ACME, "a", command("alice", "k1", "hash")));

        var reused = (AppendResult.KeyReused) append(writing(ACME, "b", command("alice", "k1", "another")));

        assertThat(reused.first().command().bodyHash()).isEqualTo("hash");
        assertThat(store().readLog(0, 10)).hasSize(1);
    }

    @Test
    default void keys_of_two_principals_or_tenants_never_meet() {
        append(writing(ACME, "a", command("alice", "k1", "hash")));

        assertThat(append(writing(ACME, "b", command("bob", "k1", "hash")))).isInstanceOf(AppendResult.Appended.class);
        assertThat(append(writing(GLOBEX, "a", command("alice", "k1", "other"))))
                .isInstanceOf(AppendResult.Appended.class);
        assertThat(store().findCommand(GLOBEX, "bob", "k1")).isEmpty();
    }

    @Test
    default void a_refusal_is_recorded_and_repeated() {
        append(writing(ACME, "a", command("alice", "k0", "hash")));
        CommandRecord refusal = refused("alice", "k1", "hash", "PERIOD_CLOSED");

        assertThat(append(refusing(refusal))).isEqualTo(new AppendResult.Appended(0, 1, List.of()));
        var again = (AppendResult.Repeated) append(refusing(refusal));

        assertThat(again.first().command()).isEqualTo(refusal);
        assertThat(again.first().firstPosition()).isZero();
        assertThat(store().readLog(0, 10)).hasSize(1);
    }

    @Test
    default void a_conflict_is_not_recorded_so_the_key_may_be_tried_again() {
        append(writing(ACME, "a", command("alice", "k0", "hash")));

        assertThat(append(writing(ACME, "a", command("alice", "k1", "hash"))))
                .isInstanceOf(AppendResult.VersionConflict.class);
        assertThat(store().findCommand(ACME, "alice", "k1")).isEmpty();
        assertThat(append(writing(ACME, "b", command("alice", "k1", "hash"))))
                .isInstanceOf(AppendResult.Appended.class);
    }

    @Test
    default void one_command_sent_many_times_at_once_is_carried_out_once() {
        List<CompletableFuture<AppendResult>> sent = IntStream.range(0, 100)
                .mapToObj(i -> store().append(writing(ACME, "s" + i, command("alice", "k1", "hash"))))
                .toList();

        List<AppendResult> outcomes = sent.stream().map(CompletableFuture::join).toList();

        assertThat(outcomes).filteredOn(AppendResult.Appended.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(AppendResult.Repeated.class::isInstance).hasSize(99);
        assertThat(store().readLog(0, 200)).hasSize(1);
        assertThat(store().readCommands(0, 200)).hasSize(1);
    }

    @Test
    default void commands_are_read_in_the_order_they_were_carried_out() {
        assertThat(store().lastCommand()).isZero();
        append(writing(ACME, "a", command("alice", "k1", "hash")));
        append(refusing(refused("alice", "k2", "hash", "NO")));
        append(writing(GLOBEX, "a", command("alice", "k3", "hash")));

        assertThat(store().readCommands(1, 1))
                .extracting(recorded -> recorded.command().key())
                .containsExactly("k2");
        assertThat(store().readCommands(1, 10))
                .extracting(recorded -> recorded.command().key())
                .containsExactly("k2", "k3");
        assertThat(store().lastCommand())
                .isEqualTo(store().readCommands(0, 10).getLast().sequence());
    }

    private static AppendRequest writing(TenantId tenant, String stream, CommandRecord command) {
        var write = new StreamWrite(StreamId.of("entry", stream), 0, List.of(event(tenant + stream + command.key())));
        return request(tenant, List.of(write), List.of(), command);
    }

    private static AppendRequest refusing(CommandRecord refusal) {
        return request(ACME, List.of(), List.of(), refusal);
    }
}
