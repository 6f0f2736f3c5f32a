package dev.vextrus.rollout.observation;

import java.util.List;

/**
 * The windows that closed since the batch before.
 *
 * @param next cursor for the following batch
 * @param complete false if windows after the asked cursor were no longer kept: there is a gap before this batch
 * @param tenants per tenant and operation, for the verdict
 * @param tracks per colour, for rates, percentiles and people
 */
public record TrafficBatch(long next, boolean complete, List<TenantWindow> tenants, List<TrackWindow> tracks) {
    public TrafficBatch {
        tenants = List.copyOf(tenants);
        tracks = List.copyOf(tracks);
    }
}
