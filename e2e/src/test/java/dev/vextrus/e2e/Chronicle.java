package dev.vextrus.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** All that the API server told of a workload from here on: a look now and then would miss what passes quickly. */
final class Chronicle implements AutoCloseable {
    private final List<String> stations = new CopyOnWriteArrayList<>();
    private final Set<String> pods = ConcurrentHashMap.newKeySet();
    private final List<String> breaks = new CopyOnWriteArrayList<>();
    private final Watch statuses;
    private final Watch canaries;

    Chronicle(Till till, String color) {
        statuses = till.resource().watch(heard((GenericKubernetesResource resource) -> {
            Till.Status status = Till.status(resource);
            String station = status.phase() + " at " + status.weight();
            if (stations.isEmpty() || !stations.getLast().equals(station)) {
                stations.add(station);
            }
        }));
        canaries = till.client()
                .pods()
                .inNamespace(till.namespace())
                .withLabels(Till.labels(color))
                .watch(heard((Pod pod) -> pods.add(pod.getMetadata().getName())));
    }

    private <T> Watcher<T> heard(Consumer<T> consumer) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T resource) {
                consumer.accept(resource);
            }

            @Override
            public void onClose(WatcherException cause) {
                breaks.add(String.valueOf(cause));
            }
        };
    }

    /** Phase and weight, one after the other. */
    List<String> stations() {
        if (!breaks.isEmpty()) {
            throw new AssertionError("the watch broke: " + breaks);
        }
        return List.copyOf(stations);
    }

    /** Names of all pods that the colour ever had. */
    Set<String> pods() {
        return Set.copyOf(pods);
    }

    @Override
    public void close() {
        statuses.close();
        canaries.close();
    }
}
