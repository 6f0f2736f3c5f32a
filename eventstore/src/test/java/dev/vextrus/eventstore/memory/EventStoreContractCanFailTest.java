package dev.vextrus.eventstore.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.contract.EventStoreContract;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The contract goes red over a store that breaks one promise, so its green means something. */
final class EventStoreContractCanFailTest {

    @Test
    void a_sound_store_passes() {
        assertThat(failuresOf(Sound.class)).isEmpty();
    }

    @Test
    void a_store_that_ignores_expected_versions_fails() {
        assertThat(failuresOf(IgnoresVersions.class)).contains("an_append_at_a_version_that_is_gone_writes_nothing");
    }

    @Test
    void a_store_that_ignores_guards_fails() {
        assertThat(failuresOf(IgnoresGuards.class)).contains("a_guard_that_moved_writes_nothing");
    }

    @Test
    void a_store_that_forgets_commands_fails() {
        assertThat(failuresOf(ForgetsCommands.class))
                .contains(
                        "the_same_key_and_body_gets_the_first_outcome_and_writes_nothing",
                        "the_same_key_with_another_body_is_told_so",
                        "one_command_sent_many_times_at_once_is_carried_out_once");
    }

    @Test
    void a_store_that_mixes_tenants_fails() {
        assertThat(failuresOf(MixesTenants.class)).contains("streams_of_two_tenants_never_meet");
    }

    @Test
    void a_store_that_loses_deliveries_fails() {
        assertThat(failuresOf(SkipsDeliveries.class))
                .contains("a_subscriber_gets_what_was_there_and_what_comes_in_order");
    }

    @Test
    void a_store_that_draws_no_numbers_fails() {
        assertThat(failuresOf(DrawsNoNumbers.class))
                .contains("numbers_of_a_series_count_from_one_in_the_order_of_the_log");
    }

    @Test
    void a_store_that_ignores_fold_versions_fails() {
        assertThat(failuresOf(OneFold.class)).contains("a_snapshot_of_another_fold_or_tenant_is_never_seen");
    }

    private static Set<String> failuresOf(Class<?> suite) {
        Set<String> failed = new TreeSet<>();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(suite))
                        .build(),
                new TestExecutionListener() {
                    @Override
                    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                        if (test.isTest() && result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                            failed.add(test.getDisplayName().replace("()", ""));
                        }
                    }
                });
        return failed;
    }

    abstract static class Suite implements EventStoreContract {
        private final EventStore store;

        Suite(EventStore store) {
            this.store = store;
        }

        @Override
        public EventStore store() {
            return store;
        }

        @Override
        public String release() {
            return "1.0.0";
        }
    }

    static final class Sound extends Suite {
        Sound() {
            super(BrokenStore.sound());
        }
    }

    static final class IgnoresVersions extends Suite {
        IgnoresVersions() {
            super(BrokenStore.ignoringVersions());
        }
    }

    static final class IgnoresGuards extends Suite {
        IgnoresGuards() {
            super(BrokenStore.ignoringGuards());
        }
    }

    static final class ForgetsCommands extends Suite {
        ForgetsCommands() {
            super(BrokenStore.forgettingCommands());
        }
    }

    static final class MixesTenants extends Suite {
        MixesTenants() {
            super(BrokenStore.mixingTenants());
        }
    }

    static final class SkipsDeliveries extends Suite {
        SkipsDeliveries() {
            super(BrokenStore.skippingDeliveries());
        }
    }

    static final class DrawsNoNumbers extends Suite {
        DrawsNoNumbers() {
            super(BrokenStore.drawingNoNumbers());
        }
    }

    static final class OneFold extends Suite {
        OneFold() {
            super(BrokenStore.ignoringFolds());
        }
    }
}
