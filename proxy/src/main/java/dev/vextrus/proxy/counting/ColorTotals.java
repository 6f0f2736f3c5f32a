package dev.vextrus.proxy.counting;

import java.util.List;
import java.util.Map;

/**
 * What a track has seen since it first got traffic. Probes are only in {@code probes} and {@code inFlight}.
 *
 * @param requests attempts that have ended
 * @param faults attempts that ended as the track's fault
 * @param harmedKeys distinct keys among them
 * @param inFlight requests that have not ended, probes included
 * @param clientGone requests whose client hung up first
 * @param droppedConnections client connections closed in the middle of an answer, by no wish of the client
 * @param refusedConnections attempts to connect that an upstream refused
 * @param firstRequestEpochMillis when the first was routed; 0 before
 * @param lastRequestEpochMillis when the last was routed; 0 before
 * @param codes answers by status
 * @param latency pairs of upper bound (milliseconds, -1 open) and count
 */
public record ColorTotals(
        String version,
        long requests,
        long faults,
        long harmedKeys,
        long slow,
        long probes,
        long inFlight,
        long clientGone,
        long droppedConnections,
        long refusedConnections,
        long firstRequestEpochMillis,
        long lastRequestEpochMillis,
        long latencySumMicros,
        Map<Integer, Long> codes,
        List<List<Long>> latency) {}
