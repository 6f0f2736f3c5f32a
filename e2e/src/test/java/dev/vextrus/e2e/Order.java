package dev.vextrus.e2e;

import dev.vextrus.rolloutkubernetes.testkit.TestImage;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a person writes into a PhasedRollout of the light workload.
 *
 * @param bake of each phase, as the plan words it
 * @param errorWindow time over which the plan takes error rates
 * @param blind what the plan says of times in which nobody sees the canary
 * @param environment of the release
 * @param more lines of the specification, each indented by two spaces
 * @param replicas of the workload
 */
record Order(
        String version,
        String bake,
        String image,
        String phases,
        String errorWindow,
        String blind,
        Map<String, String> environment,
        String more,
        int replicas) {
    /** Long enough to see, and short enough to wait for. */
    static final String BRIEF = "10s";
    /** Nobody waits for its end. */
    static final String LONG = "30m";

    private static final String THREE_PHASES = """
          phases:
            - {traffic: 25, replicas: 1, bake: %1$s, gates: &gates {verdict: not-harmful, maxP95: 5s}}
            - {traffic: 50, replicas: 2, bake: %1$s, gates: *gates}
            - {traffic: 100, replicas: 4, bake: %1$s, gates: *gates}
        """;
    private static final String TWO_PHASES = """
          phases:
            - {traffic: 50, replicas: 2, bake: %1$s, gates: &gates {verdict: not-harmful, maxP95: 5s}}
            - {traffic: 100, replicas: 4, bake: %1$s, gates: *gates}
        """;
    private static final String ONE_PHASE = """
          phases:
            - {traffic: 100, replicas: 4, bake: %1$s, gates: {verdict: not-harmful, maxP95: 5s}}
        """;

    private static final String TEN_PODS = """
          capacity: proportional
          phases:
            - {traffic: 10, bake: %1$s, gates: &gates {verdict: not-harmful, maxP95: 5s}}
            - {traffic: 30, bake: %1$s, gates: *gates}
            - {traffic: 60, bake: %1$s, gates: *gates}
            - {traffic: 100, bake: %1$s, gates: *gates}
        """;

    Order {
        environment = Map.copyOf(environment);
    }

    /** A good release in phases of 25, 50 and 100 % whose bakes nobody waits for. */
    static Order of(String version) {
        return new Order(
                version, LONG, TestImage.NAME, THREE_PHASES, "5m", "{freshFor: 3s}", Map.of(), "", Till.REPLICAS);
    }

    Order bakingFor(String other) {
        return new Order(version, other, image, phases, errorWindow, blind, environment, more, replicas);
    }

    Order inOnePhase() {
        return new Order(version, bake, image, ONE_PHASE, errorWindow, blind, environment, more, replicas);
    }

    /** A half, and then all. */
    Order inTwoPhases() {
        return new Order(version, bake, image, TWO_PHASES, errorWindow, blind, environment, more, replicas);
    }

    /** 10, 30, 60 and 100 % of ten pods, of which each release has its share alone. */
    Order onTenPods() {
        return new Order(version, bake, image, TEN_PODS, errorWindow, blind, environment, more, 10);
    }

    /** Takes error rates over a short while, so that an outage that is over is soon forgotten. */
    Order forgettingSoon() {
        return new Order(version, bake, image, phases, "10s", blind, environment, more, replicas);
    }

    /** Holds as soon as nobody has seen the canary for a few seconds. */
    Order holdingSoon() {
        return new Order(
                version, bake, image, phases, errorWindow, "{freshFor: 3s, maxGap: 5s}", environment, more, replicas);
    }

    Order ofImage(String other) {
        return new Order(version, bake, other, phases, errorWindow, blind, environment, more, replicas);
    }

    Order with(String variable, String value) {
        Map<String, String> all = new TreeMap<>(environment);
        all.put(variable, value);
        return new Order(version, bake, image, phases, errorWindow, blind, all, more, replicas);
    }

    /** @param line of the specification, such as {@code readyWithin: 10s} */
    Order saying(String line) {
        return new Order(
                version, bake, image, phases, errorWindow, blind, environment, more + "  " + line + "\n", replicas);
    }

    String text(String name) {
        String variables = environment.entrySet().stream()
                .map(e -> "            - {name: %s, value: \"%s\"}\n".formatted(e.getKey(), e.getValue()))
                .collect(Collectors.joining());
        return """
            apiVersion: vextrus.dev/v1alpha1
            kind: PhasedRollout
            metadata: {name: %1$s}
            spec:
              replicas: %2$d
              managementPort: management
              slowerThan: 5s
            %3$s%4$s\
              rollback: {maxP95: 5s, maxP95Ratio: 50, errorWindow: %9$s}
              blind: %8$s
              looks: {extension: 1m}
              template:
                metadata: {labels: {app.kubernetes.io/version: %5$s}}
                spec:
                  terminationGracePeriodSeconds: 20
                  securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
                  containers:
                    - name: app
                      image: %6$s
                      imagePullPolicy: IfNotPresent
                      ports: [{name: http, containerPort: 8080}, {name: management, containerPort: 9090}]
                      readinessProbe: {httpGet: {path: /health/ready, port: management}, periodSeconds: 1}
                      resources: {requests: {cpu: 20m, memory: 16Mi}}
                      securityContext:
                        allowPrivilegeEscalation: false
                        readOnlyRootFilesystem: true
                        capabilities: {drop: [ALL]}
                      env:
                        - {name: VERSION, value: %5$s}
                        - {name: COLOR, valueFrom: {fieldRef: {fieldPath: "metadata.labels['vextrus.dev/color']"}}}
                        - {name: STOP_MILLIS, value: "5000"}
            %7$s""".formatted(
                        name, replicas, phases.formatted(bake), more, version, image, variables, blind, errorWindow);
    }
}
