package dev.vextrus.rollout.engine;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Obeys people, where the stage allows it. */
final class Commands {
    private Commands() {}

    static void obey(Draft draft) {
        for (Command command : draft.seen.commands()) {
            if (draft.state.obeyed().contains(command.id())) {
                continue;
            }
            draft.state = draft.state.obeyed(command.id());
            StageKind kind = draft.state.stage().kind();
            if (kind.commands().contains(command.kind())) {
                obey(draft, command);
            } else {
                draft.note(said(command) + " is not possible while " + name(kind) + "; possible: " + possible(kind));
            }
        }
    }

    private static void obey(Draft draft, Command command) {
        Stage stage = draft.state.stage();
        switch (command.kind()) {
            case PAUSE -> draft.enter(new Stage.Paused(stage), said(command));
            case RESUME -> {
                if (stage instanceof Stage.Paused(Stage resumeTo)) {
                    draft.enter(resumeTo, said(command));
                }
            }
            case ABORT -> draft.rollBack(ReasonCode.ABORTED_BY_PERSON, said(command), Map.of());
            case PROMOTE -> promote(draft, command);
            case SKIP -> {
                if (command.reason().isBlank()) {
                    draft.note(said(command) + " needs a reason: say why the phase's bake and gates may be left out");
                } else {
                    Advancing.toNextPhase(draft, said(command));
                }
            }
            case RETRY -> draft.state = again(draft, command);
        }
    }

    private static void promote(Draft draft, Command command) {
        switch (draft.state.stage()) {
            case Stage.AwaitingApproval _ -> Advancing.toNextPhase(draft, said(command));
            case Stage.Baking baking -> draft.enter(new Stage.Gating(baking.phase()), said(command));
            case Stage.Extended extended -> draft.enter(new Stage.Gating(extended.phase()), said(command));
            default -> draft.note(said(command) + ": the gates are being looked at");
        }
    }

    /** A new attempt: nothing is carried over but the epoch, the commands obeyed and what was forced. */
    private static RolloutState again(Draft draft, Command command) {
        RolloutState old = draft.state;
        draft.enter(new Stage.Pending(), said(command));
        String id = old.id().replaceFirst("\\.\\d+$", "") + "." + (attempt(old.id()) + 1);
        RolloutState fresh = RolloutState.begin(
                id, draft.plan, old.roles().stable(), old.routing().epoch(), old.forced(), draft.now);
        for (String obeyed : old.obeyed()) {
            fresh = fresh.obeyed(obeyed);
        }
        return fresh;
    }

    private static int attempt(String id) {
        int dot = id.lastIndexOf('.');
        return dot < 0 || !id.substring(dot + 1).chars().allMatch(Character::isDigit) || dot == id.length() - 1
                ? 1
                : Integer.parseInt(id.substring(dot + 1));
    }

    private static String said(Command command) {
        return command.kind().name().toLowerCase(Locale.ROOT) + " by " + command.by()
                + (command.reason().isBlank() ? "" : " (" + command.reason() + ")");
    }

    private static String possible(StageKind kind) {
        return kind.commands().isEmpty()
                ? "nothing"
                : kind.commands().stream()
                        .map(c -> c.name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    private static String name(StageKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
