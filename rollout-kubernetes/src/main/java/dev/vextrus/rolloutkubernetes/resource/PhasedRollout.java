package dev.vextrus.rolloutkubernetes.resource;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One workload of a namespace and the plan by which its releases reach production; long-lived, one per workload. */
@Group(PhasedRollout.GROUP)
@Version(PhasedRollout.VERSION)
@ShortNames("pro")
public final class PhasedRollout extends CustomResource<PhasedRolloutSpec, PhasedRolloutStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;

    public static final String GROUP = "vextrus.dev";
    public static final String VERSION = "v1alpha1";
    /** Taken away once deletion has brought the workload back to its stable release. */
    public static final String FINALIZER = GROUP + "/back-to-stable";

    @Override
    protected PhasedRolloutStatus initStatus() {
        return PhasedRolloutStatus.NONE;
    }

    /** Namespace and name, as people write them. */
    public String title() {
        return getMetadata().getNamespace() + "/" + getMetadata().getName();
    }
}
