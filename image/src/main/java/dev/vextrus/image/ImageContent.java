package dev.vextrus.image;

import java.util.List;
import java.util.Map;

/**
 * What is in an image.
 *
 * @param layers from the one that changes least to the one that changes most
 */
record ImageContent(
        Map<String, String> environment, List<Integer> ports, List<String> entrypoint, List<Layer> layers) {}
