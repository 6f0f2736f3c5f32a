package dev.vextrus.rollout.cohort;

import dev.vextrus.rollout.plan.CohortRules;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses whole tenants by their traffic.
 *
 * <p>Tenants stand in an order salted per rollout; the cohort is the shortest prefix whose traffic reaches the weight,
 * where a tenant that would overshoot by more than half the weight moves later. Who is in stays in: the cohort of a
 * higher weight contains that of a lower one. (A hash below the weight would be 10 % of the tenants, not of the traffic.)
 */
public final class Cohorts {
    private Cohorts() {}

    /**
     * @param traffic requests per tenant, of the last day
     * @param before the cohort so far; all of it is kept
     * @param weight wanted share of the traffic, 0 to 1
     * @param salt differs between rollouts, so that not the same tenants are always first
     * @return tenants in the order in which they came in
     */
    public static List<String> grow(
            Map<String, Long> traffic, List<String> before, double weight, CohortRules rules, String salt) {
        if (weight <= 0) {
            return List.of();
        }
        long total = traffic.values().stream().mapToLong(Long::longValue).sum();
        List<String> order = order(traffic, rules, salt);
        if (weight >= 1) {
            Set<String> all = new LinkedHashSet<>(before);
            all.addAll(order);
            return List.copyOf(all);
        }
        double wanted = weight * total;
        Set<String> chosen = new LinkedHashSet<>(before);
        double reached =
                chosen.stream().mapToLong(t -> traffic.getOrDefault(t, 0L)).sum();
        for (String tenant : order) {
            if (reached >= wanted) {
                break;
            }
            long share = traffic.getOrDefault(tenant, 0L);
            boolean overshoots = reached + share > wanted * 1.5;
            if (!chosen.contains(tenant) && (!overshoots || rules.first().contains(tenant))) {
                chosen.add(tenant);
                reached += share;
            }
        }
        if (chosen.isEmpty()) {
            // Every tenant overshoots: the smallest does so least, and a canary without traffic teaches nothing.
            order.stream()
                    .filter(t -> traffic.getOrDefault(t, 0L) > 0)
                    .min(Comparator.comparingLong(t -> traffic.getOrDefault(t, 0L)))
                    .ifPresent(chosen::add);
        }
        return List.copyOf(chosen);
    }

    private static List<String> order(Map<String, Long> traffic, CohortRules rules, String salt) {
        List<String> order = new ArrayList<>();
        rules.first().stream().filter(traffic::containsKey).forEach(order::add);
        traffic.keySet().stream()
                .filter(t -> !rules.first().contains(t) && !rules.last().contains(t))
                .sorted(Comparator.comparing((String t) -> hash(salt, t)).thenComparing(t -> t))
                .forEach(order::add);
        rules.last().stream().filter(traffic::containsKey).forEach(order::add);
        return order;
    }

    private static String hash(String salt, String tenant) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest((salt + "/" + tenant).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
