package dev.vextrus.proxy.counting;

import java.util.List;

/**
 * Closed windows for a reader.
 *
 * @param next what to ask with the next time
 * @param through the last closed second: no sample up to it means no traffic, not missing figures
 * @param more whether more are there at once
 * @param lost whether windows between the reader's place and these are gone, or the proxy has started anew
 */
public record SampleAnswer(long next, long through, boolean more, boolean lost, List<Sample> samples) {}
