package dev.vextrus.cli.rollout;

import dev.vextrus.cli.output.Failure;
import dev.vextrus.rollout.gate.GateName;
import java.util.List;
import java.util.stream.Stream;

/** Gates as {@code --force-gate} names them. */
public final class Gates {
    private Gates() {}

    /** @throws Failure if a label names no gate that stands before the first traffic */
    public static List<GateName> labelled(List<String> labels) {
        return labels.stream().map(Gates::labelled).toList();
    }

    private static GateName labelled(String label) {
        return GateName.labelled(label)
                .filter(GateName::beforeTraffic)
                .orElseThrow(() -> Failure.usage(
                        "GATE_UNKNOWN",
                        "--force-gate: '" + label + "' is no gate that can be forced",
                        "use one of "
                                + String.join(
                                        ", ",
                                        Stream.of(GateName.values())
                                                .filter(GateName::beforeTraffic)
                                                .map(GateName::label)
                                                .toList())));
    }
}
