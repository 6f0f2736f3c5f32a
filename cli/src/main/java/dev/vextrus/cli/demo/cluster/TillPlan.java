package dev.vextrus.cli.demo.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * The resource of a trial, as people would write it.
 *
 * @param traffic the words of {@code spec.traffic}
 * @param bakeMillis of each phase; the last one of a trial that is not hasty is brief
 * @param hasty whether looks, windows and gaps are as short as the bakes of a demonstration need
 */
public record TillPlan(String image, int replicas, String traffic, long bakeMillis, boolean hasty) {
    public static final String NAME = "till";

    /** Others have no such step: they give a release all the traffic and are done. */
    private static final long LAST_BAKE_MILLIS = 5_000;

    /** Looks, windows and gaps as short as the bakes of a demonstration need. */
    static final String HASTY = """
              rollback: {errorWindow: 10s, latencyWindow: 10s, sharedWindow: 10s}
              blind: {maxGap: 5s, pageAfter: 10s, maxBlind: 60s, freshFor: 3s}
              looks: {afterShift: 500ms, shiftWatch: 3s, baking: 500ms, integrity: 3s, extension: 1m}
            """;

    private static final String OF_A_MINUTE = """
              blind: {maxGap: 10s, freshFor: 10s}
            """;

    /** @param fault in the light service's own words, such as {@code crash-later} */
    public GenericKubernetesResource release(String version, String fault) {
        return Serialization.unmarshal(yaml(version, fault), GenericKubernetesResource.class);
    }

    private String yaml(String version, String fault) {
        return """
                apiVersion: vextrus.dev/v1alpha1
                kind: PhasedRollout
                metadata: {name: %1$s}
                spec:
                  replicas: %2$d
                  managementPort: management
                  traffic: %3$s
                  slowerThan: 300ms
                  readyWithin: 60s
                  phases:
                    - {traffic: 10, bake: %4$dms, gates: &gates {verdict: not-harmful}}
                    - {traffic: 30, bake: %4$dms, gates: *gates}
                    - {traffic: 60, bake: %4$dms, gates: *gates}
                    - {traffic: 100, bake: %9$dms, gates: {verdict: %10$s}}
                %5$s
                  template:
                    metadata: {labels: {app.kubernetes.io/version: "%6$s"}}
                    spec:
                      terminationGracePeriodSeconds: 20
                      securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
                      containers:
                        - name: till
                          image: %7$s
                          imagePullPolicy: IfNotPresent
                          env:
                            - {name: TILL_VERSION, value: "%6$s"}
                            - {name: TILL_FAULT, value: "%8$s"}
                            - {name: TILL_COLOR, valueFrom: {fieldRef: {fieldPath: "metadata.labels['vextrus.dev/color']"}}}
                          ports: [{name: http, containerPort: 8080}, {name: management, containerPort: 9090}]
                          readinessProbe:
                            httpGet: {path: /health/ready, port: management}
                            periodSeconds: 1
                            timeoutSeconds: 3
                          resources: {requests: {cpu: 5m, memory: 40Mi}, limits: {memory: 128Mi}}
                          securityContext:
                            allowPrivilegeEscalation: false
                            readOnlyRootFilesystem: true
                            capabilities: {drop: [ALL]}
                """.formatted(
                        NAME,
                        replicas,
                        traffic,
                        bakeMillis,
                        (hasty ? HASTY : OF_A_MINUTE).stripTrailing(),
                        version,
                        image,
                        fault,
                        hasty ? bakeMillis : LAST_BAKE_MILLIS,
                        hasty ? "safe" : "not-harmful");
    }
}
