package dev.vextrus.rolloutkubernetes.preflight;

import dev.vextrus.rollout.preflight.Check;
import dev.vextrus.rolloutkubernetes.workload.RouterChoice;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/** What the one who asks must be allowed to do in the workload's namespace. */
final class Permissions {
    private Permissions() {}

    /** @param resource plural, with its subresource after a slash */
    record Right(String group, String resource, List<String> verbs) {}

    static List<Right> needed(RouterChoice router) {
        List<Right> rights = new ArrayList<>(List.of(
                new Right("apps", "deployments", List.of("get", "list", "create", "update", "patch", "delete")),
                new Right("", "pods", List.of("get", "list", "patch", "delete")),
                new Right("", "pods/log", List.of("get")),
                new Right("", "events", List.of("list")),
                new Right("", "configmaps", List.of("get", "list", "create")),
                new Right("", "services", List.of("get", "list", "create", "update", "patch"))));
        switch (router) {
            case RouterChoice.ReplicaRatio _ ->
                rights.add(new Right("discovery.k8s.io", "endpointslices", List.of("list", "watch")));
            case RouterChoice.Gateway _ -> {
                rights.add(new Right("gateway.networking.k8s.io", "httproutes", List.of("get", "create", "update")));
                rights.add(new Right("gateway.networking.k8s.io", "gateways", List.of("get")));
                rights.add(new Right("", "secrets", List.of("get", "create")));
            }
            case RouterChoice.Proxy _ -> {
                rights.add(new Right("networking.k8s.io", "networkpolicies", List.of("create", "patch")));
                rights.add(new Right("", "secrets", List.of("get", "create")));
            }
        }
        return rights;
    }

    static Check check(KubernetesClient cluster, String namespace, RouterChoice router) {
        List<String> missing = new ArrayList<>();
        for (Right right : needed(router)) {
            for (String verb : right.verbs()) {
                if (!allowed(cluster, namespace, right, verb)) {
                    missing.add(verb + " " + right.resource());
                }
            }
        }
        return missing.isEmpty()
                ? Check.ok("permissions", "everything that a rollout does in " + namespace + " is allowed")
                : Check.failed(
                        "permissions",
                        "not allowed in " + namespace + ": " + String.join(", ", missing),
                        "bind the operator's role in this namespace, or ask who may");
    }

    private static boolean allowed(KubernetesClient cluster, String namespace, Right right, String verb) {
        int slash = right.resource().indexOf('/');
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withGroup(right.group())
                .withResource(slash < 0 ? right.resource() : right.resource().substring(0, slash))
                .withSubresource(slash < 0 ? null : right.resource().substring(slash + 1))
                .withVerb(verb)
                .endResourceAttributes()
                .endSpec()
                .build();
        SelfSubjectAccessReview answer = cluster.resource(review).create();
        return answer.getStatus() != null
                && Boolean.TRUE.equals(answer.getStatus().getAllowed());
    }
}
