package dev.vextrus.rollout.controller;

import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.port.CommandInbox;
import dev.vextrus.rollout.port.Metrics;
import dev.vextrus.rollout.port.Notifier;
import dev.vextrus.rollout.port.ReleaseProbe;
import dev.vextrus.rollout.port.RolloutJournal;
import dev.vextrus.rollout.port.Target;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a controller is made of.
 *
 * @param background runs questions to the releases, which may take long, beside the ticks
 * @param planFile the plan as its file says now; null while it cannot be read, or is not watched
 * @param replicas how many the workload is to have now, given how many the plan began with; an autoscaler may change it
 * @param ids gives an id that no rollout has had
 * @param by who runs the controller, for the audit
 */
public record Parts(
        Target target,
        Metrics metrics,
        ReleaseProbe probe,
        RolloutJournal journal,
        CommandInbox inbox,
        Notifier notifier,
        InstantSource clock,
        Executor background,
        Supplier<@Nullable RolloutPlan> planFile,
        IntUnaryOperator replicas,
        Supplier<String> ids,
        String by) {}
