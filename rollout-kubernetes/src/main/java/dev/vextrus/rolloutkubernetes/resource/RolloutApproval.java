package dev.vextrus.rolloutkubernetes.resource;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * One decision of one person on one release: made once, never changed. Who made it is proven by the admission policy of
 * {@code deploy/operator/approvals.yaml}, which holds {@code spec.approver} to whoever made the object.
 */
@Group(PhasedRollout.GROUP)
@Version(PhasedRollout.VERSION)
public final class RolloutApproval extends CustomResource<RolloutApprovalSpec, RolloutApprovalStatus>
        implements Namespaced {
    private static final long serialVersionUID = 1L;
}
