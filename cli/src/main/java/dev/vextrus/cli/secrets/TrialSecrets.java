package dev.vextrus.cli.secrets;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** The secrets that finance and its trial database need, drawn at random: {@code deploy/kustomize} names them. */
public final class TrialSecrets {
    /** The Secret that tokens are signed with, and its key. */
    public static final String JWT = "finance-jwt";

    public static final String JWT_KEY = "secret";

    private static final int BYTES = 32;
    private static final Map<String, List<String>> KEYS = new TreeMap<>(Map.of(
            "finance-database",
            List.of("owner-password", "appender-password", "projector-password", "reader-password"),
            JWT,
            List.of(JWT_KEY),
            "trial-postgres",
            List.of("password")));

    private TrialSecrets() {}

    /** @param random that nobody can guess */
    public static List<Secret> drawn(RandomGenerator random) {
        return KEYS.entrySet().stream()
                .map(secret -> drawn(secret.getKey(), secret.getValue(), random))
                .toList();
    }

    private static Secret drawn(String name, List<String> keys, RandomGenerator random) {
        Map<String, String> values = new TreeMap<>();
        for (String key : keys) {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            values.put(key, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("app.kubernetes.io/part-of", "vextrus")
                .endMetadata()
                .withStringData(values)
                .build();
    }
}
