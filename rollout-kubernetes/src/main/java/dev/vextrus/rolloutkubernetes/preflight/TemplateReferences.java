package dev.vextrus.rolloutkubernetes.preflight;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The Secrets and ConfigMaps without which a pod does not start. */
final class TemplateReferences {
    private TemplateReferences() {}

    static Set<String> secrets(PodSpec spec) {
        Set<String> names = new TreeSet<>();
        for (Container container : containers(spec)) {
            for (EnvVar variable : container.getEnv()) {
                var source = variable.getValueFrom();
                if (source != null
                        && source.getSecretKeyRef() != null
                        && needed(source.getSecretKeyRef().getOptional())) {
                    names.add(source.getSecretKeyRef().getName());
                }
            }
            for (EnvFromSource all : container.getEnvFrom()) {
                if (all.getSecretRef() != null && needed(all.getSecretRef().getOptional())) {
                    names.add(all.getSecretRef().getName());
                }
            }
        }
        for (Volume volume : spec.getVolumes()) {
            if (volume.getSecret() != null && needed(volume.getSecret().getOptional())) {
                names.add(volume.getSecret().getSecretName());
            }
        }
        return names;
    }

    static Set<String> configMaps(PodSpec spec) {
        Set<String> names = new TreeSet<>();
        for (Container container : containers(spec)) {
            for (EnvVar variable : container.getEnv()) {
                var source = variable.getValueFrom();
                if (source != null
                        && source.getConfigMapKeyRef() != null
                        && needed(source.getConfigMapKeyRef().getOptional())) {
                    names.add(source.getConfigMapKeyRef().getName());
                }
            }
            for (EnvFromSource all : container.getEnvFrom()) {
                if (all.getConfigMapRef() != null
                        && needed(all.getConfigMapRef().getOptional())) {
                    names.add(all.getConfigMapRef().getName());
                }
            }
        }
        for (Volume volume : spec.getVolumes()) {
            if (volume.getConfigMap() != null && needed(volume.getConfigMap().getOptional())) {
                names.add(volume.getConfigMap().getName());
            }
        }
        return names;
    }

    private static List<Container> containers(PodSpec spec) {
        return new ArrayList<>(Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream())
                .toList());
    }

    private static boolean needed(@org.jspecify.annotations.Nullable Boolean optional) {
        return !Boolean.TRUE.equals(optional);
    }
}
