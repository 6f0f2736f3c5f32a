package dev.vextrus.rolloutkubernetes.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What is decided.
 *
 * @param rollout name of the PhasedRollout, in the same namespace
 * @param command {@code promote}, {@code skip} or {@code retry}
 * @param release version or hash of the release that is meant, as the PhasedRollout's status names it
 * @param approver who decides, as the API server knows them
 * @param reason why; null where nothing is said, which {@code skip} does not allow
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RolloutApprovalSpec(
        String rollout,
        String command,
        String release,
        String approver,
        @Nullable String reason) {}
