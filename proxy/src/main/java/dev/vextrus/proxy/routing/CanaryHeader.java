package dev.vextrus.proxy.routing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The header by which a prober chooses its colour. Without the credential it has no effect, so that no outsider can send
 * itself (or a flood) to an unproven release.
 *
 * @param name for example {@code x-canary}; the credential travels as its value or in {@code <name>-credential}
 * @param credential at least 16 characters
 */
public record CanaryHeader(String name, String credential) {
    public CanaryHeader {
        if (name.isBlank()) {
            throw new InvalidRouting("canaryHeader.name", "name the header, for example x-canary");
        }
        if (credential.length() < 16) {
            throw new InvalidRouting("canaryHeader.credential", "a credential has at least 16 characters");
        }
    }

    public String credentialHeader() {
        return name + "-credential";
    }

    boolean accepts(String candidate) {
        return MessageDigest.isEqual(
                candidate.getBytes(StandardCharsets.UTF_8), credential.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "CanaryHeader[" + name + "]"; // the credential stays out of logs
    }
}
