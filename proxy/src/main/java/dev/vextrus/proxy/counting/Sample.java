package dev.vextrus.proxy.counting;

import java.util.List;

/**
 * One closed window: a track, tenant and operation in one second.
 *
 * @param second epoch second in which the requests ended, or for {@code begun} were sent
 * @param tenant empty where requests named none; {@code ~other} beyond the bound on names
 * @param probe requests with the canary header; never part of a verdict
 * @param begun distinct keys that were sent: where requests went, however late they are answered
 * @param attempts requests as they came, retries included
 * @param requests distinct keys: a retry of a remembered key that shows nothing new is not exposure
 * @param faults distinct keys that failed, at most the cap
 * @param slow distinct keys that were slow, at most the cap
 * @param faultyKeys the same as {@code faults}, uncapped
 * @param slowKeys the same as {@code slow}, uncapped
 * @param cap whether the cap cut {@code faults} or {@code slow}
 * @param asked distinct keys of whoever named this tenant, also in a token that the release refused
 * @param clientErrors distinct keys among {@code asked} that were answered as the caller's mistake
 * @param latency pairs of upper bound (milliseconds, -1 open) and number of attempts
 */
public record Sample(
        long second,
        String color,
        String version,
        String tenant,
        String operation,
        boolean probe,
        int begun,
        int attempts,
        int requests,
        int faults,
        int slow,
        int faultyKeys,
        int slowKeys,
        boolean cap,
        int asked,
        int clientErrors,
        List<List<Long>> latency) {}
