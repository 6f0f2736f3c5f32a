package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.observation.Color;

/** Which release stands in which colour, for the length of one rollout. */
public record Roles(Color stable, String stableVersion, String canaryVersion) {
    public Color canary() {
        return stable.other();
    }
}
