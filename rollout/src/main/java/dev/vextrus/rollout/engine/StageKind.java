package dev.vextrus.rollout.engine;

import static dev.vextrus.rollout.engine.CommandKind.ABORT;
import static dev.vextrus.rollout.engine.CommandKind.PAUSE;
import static dev.vextrus.rollout.engine.CommandKind.PROMOTE;
import static dev.vextrus.rollout.engine.CommandKind.RESUME;
import static dev.vextrus.rollout.engine.CommandKind.RETRY;
import static dev.vextrus.rollout.engine.CommandKind.SKIP;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * The kinds of {@link Stage}, each with the kinds that may follow it and the commands that it obeys. A table rather than
 * code, so that it can be read, printed and tested as one.
 */
public enum StageKind {
    PENDING,
    PREFLIGHT,
    STAGING,
    PREPARING,
    SCALING,
    SHIFTING,
    SMOKING,
    BAKING,
    GATING,
    EXTENDED,
    AWAITING_APPROVAL,
    PAUSED,
    HOLDING,
    COMPLETING,
    COMPLETED,
    ROLLING_BACK,
    ROLLED_BACK,
    REFUSED;

    /** The kinds that may follow directly; staying in the same kind is always allowed and not listed. */
    public Set<StageKind> successors() {
        return switch (this) {
            case PENDING -> with(PREFLIGHT, ROLLING_BACK);
            case PREFLIGHT -> with(STAGING, PAUSED, REFUSED, ROLLING_BACK);
            case STAGING -> with(PREPARING, PAUSED, ROLLING_BACK);
            case PREPARING -> with(SCALING, PAUSED, ROLLING_BACK);
            case SCALING -> underTraffic(SHIFTING);
            case SHIFTING -> underTraffic(SMOKING);
            case SMOKING -> underTraffic(BAKING);
            case BAKING -> underTraffic(GATING, SCALING, COMPLETING);
            case GATING -> underTraffic(SCALING, COMPLETING, EXTENDED, AWAITING_APPROVAL);
            case EXTENDED -> underTraffic(GATING, SCALING, COMPLETING, AWAITING_APPROVAL);
            case AWAITING_APPROVAL -> underTraffic(SCALING, COMPLETING);
            case PAUSED ->
                with(
                        PREFLIGHT,
                        STAGING,
                        PREPARING,
                        SCALING,
                        SHIFTING,
                        SMOKING,
                        BAKING,
                        GATING,
                        EXTENDED,
                        AWAITING_APPROVAL,
                        HOLDING,
                        ROLLING_BACK);
            case HOLDING ->
                with(SCALING, SHIFTING, SMOKING, BAKING, GATING, EXTENDED, AWAITING_APPROVAL, PAUSED, ROLLING_BACK);
            case COMPLETING -> with(COMPLETED);
            case ROLLING_BACK -> with(ROLLED_BACK, REFUSED);
            case ROLLED_BACK, REFUSED -> with(PENDING);
            case COMPLETED -> Set.of();
        };
    }

    public Set<CommandKind> commands() {
        return switch (this) {
            case PENDING -> EnumSet.of(ABORT);
            case PREFLIGHT, STAGING, PREPARING, SCALING, SHIFTING, SMOKING, HOLDING -> EnumSet.of(PAUSE, ABORT);
            case BAKING, GATING, EXTENDED, AWAITING_APPROVAL -> EnumSet.of(PAUSE, PROMOTE, SKIP, ABORT);
            case PAUSED -> EnumSet.of(RESUME, ABORT);
            case ROLLED_BACK, REFUSED -> EnumSet.of(RETRY);
            case COMPLETING, COMPLETED, ROLLING_BACK -> EnumSet.noneOf(CommandKind.class);
        };
    }

    /** Whether nothing more happens unless a person asks. */
    public boolean ended() {
        return switch (this) {
            case COMPLETED, ROLLED_BACK, REFUSED -> true;
            default -> false;
        };
    }

    private static Set<StageKind> with(StageKind first, StageKind... rest) {
        return EnumSet.of(first, rest);
    }

    /** What may follow any stage in which the canary has, or is about to get, traffic. */
    private static Set<StageKind> underTraffic(StageKind... own) {
        Set<StageKind> all = EnumSet.of(PAUSED, HOLDING, ROLLING_BACK);
        all.addAll(Arrays.asList(own));
        return all;
    }
}
