package dev.vextrus.cli.demo.cluster;

/** The plan by which a release of finance is shown: one canary pod, then two, then as many as stable has. */
final class FinancePlan {
    static final int REPLICAS = 3;

    private FinancePlan() {}

    /** Two releases side by side own a read model each; versions that follow each other take turns. */
    static String readModel(String version) {
        return version.startsWith("1.0.") ? "v1" : "v2";
    }

    /**
     * The resource without its template.
     *
     * @param traffic the words of {@code spec.traffic}
     */
    static String yaml(String name, String traffic, long bakeMillis) {
        return """
                apiVersion: vextrus.dev/v1alpha1
                kind: PhasedRollout
                metadata: {name: %1$s}
                spec:
                  replicas: %2$d
                  managementPort: management
                  traffic: %3$s
                  slowerThan: 500ms
                  readyWithin: 120s
                  phases:
                    - {traffic: 10, replicas: 1, bake: %4$dms, gates: &gates {verdict: not-harmful}}
                    - {traffic: 30, replicas: 1, bake: %4$dms, gates: *gates}
                    - {traffic: 60, replicas: 2, bake: %4$dms, gates: *gates}
                    - {traffic: 100, replicas: %2$d, bake: %4$dms, gates: {verdict: safe}}
                  analysis: {maxFaultRate: 1%%, maxSlowRate: 2%%}
                %5$s
                """.formatted(name, REPLICAS, traffic, bakeMillis, TillPlan.HASTY.stripTrailing());
    }
}
