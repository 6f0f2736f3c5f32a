package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.TenantWindow;
import dev.vextrus.rollout.observation.TenantWindow.Mistakes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers that blame the caller (4xx). Harm is not many of them, since one broken client makes as many as it likes, but many
 * <em>tenants</em> with more than they had: a tenant is one observation, and stable's tenants say how often that happens by
 * itself. Decision 62.
 *
 * @param bornSecond when {@code young} began; 0 before the canary had traffic
 * @param usual each tenant's before the canary had any
 * @param young of the last {@code errorWindow} at most
 * @param old of the window before
 */
public record ClientErrors(long bornSecond, Map<String, Mistakes> usual, Tracks young, Tracks old) {
    /** More tenants than this share one name, so that the state stays small. */
    private static final int MOST_TENANTS = 200;

    private static final String OTHERS = "~other";
    /** A share below this harms nobody enough to say so. */
    private static final double TOLERATED = 0.05;
    /** Behind one name there may be one client that sends most of the requests. */
    private static final double TOLERATED_OF_MANY = 0.5;

    /** Of a good release at one look: four weeks are some 4,000 windows of ten minutes, and a rollout is one. */
    private static final double BLAME = 1e-6;

    private static final double RATIO = 2;
    /** However many there are, twice as many of tenants that nobody knew before can still be seen. */
    private static final double MOST_COMMON = 0.25;

    private static final long ENOUGH_TO_KNOW = 20;
    /** Where no tenant of stable has changed: as if the next one did, of its own and so many more. */
    private static final int PRIOR_TENANTS = 20;

    static final ClientErrors NONE = new ClientErrors(0, Map.of(), Tracks.NONE, Tracks.NONE);

    /** Both releases' by tenant. */
    public record Tracks(Map<String, Mistakes> stable, Map<String, Mistakes> canary) {
        static final Tracks NONE = new Tracks(Map.of(), Map.of());

        public Tracks {
            stable = Map.copyOf(stable);
            canary = Map.copyOf(canary);
        }
    }

    /** That the canary harms, and with what numbers. */
    record Finding(String message, Map<String, Double> numbers) {}

    public ClientErrors {
        usual = Map.copyOf(usual);
    }

    /**
     * @param judged whether the canary has had traffic
     * @param since windows from before this second are left out: an outage that both tracks had
     */
    ClientErrors plus(List<TenantWindow> windows, Color canary, boolean judged, long since, Duration window) {
        Map<String, Mistakes> before = new HashMap<>(usual);
        Map<String, Mistakes> stables = new HashMap<>(young.stable());
        Map<String, Mistakes> canaries = new HashMap<>(young.canary());
        Tracks aged = old;
        long born = bornSecond;
        for (TenantWindow w : windows) {
            if (w.mistakes() == null || w.mistakes().requests() == 0 || w.second() < since) {
                continue;
            }
            if (!judged) {
                add(before, w.tenant(), w.mistakes());
                continue;
            }
            long age = w.second() - born;
            if (born == 0 || age >= window.toSeconds()) {
                aged = age < 2 * window.toSeconds() ? new Tracks(stables, canaries) : Tracks.NONE;
                stables = new HashMap<>();
                canaries = new HashMap<>();
                born = w.second();
            }
            add(w.color() == canary ? canaries : stables, w.tenant(), w.mistakes());
        }
        return new ClientErrors(born, before, new Tracks(stables, canaries), aged);
    }

    private static void add(Map<String, Mistakes> to, String tenant, Mistakes more) {
        String name = to.size() < MOST_TENANTS || to.containsKey(tenant) ? tenant : OTHERS;
        to.merge(name, more, Mistakes::plus);
    }

    /** Counts anew: what came before says nothing of either release. */
    ClientErrors restarted() {
        return new ClientErrors(0, usual, Tracks.NONE, Tracks.NONE);
    }

    /** Whether the canary harms by it; null where it does not. */
    @Nullable
    Finding judge() {
        Map<String, Mistakes> canary = sum(old.canary(), young.canary());
        Mistakes all = total(canary);
        if (all.clientErrors() == 0) {
            return null;
        }
        Map<String, Mistakes> stable = sum(old.stable(), young.stable());
        if (total(stable).requests() < ENOUGH_TO_KNOW) {
            return null; // nobody to tell what the clients themselves changed: at 100 % the earlier phases have judged
        }
        double common = common(stable);
        Rise risen = rise(canary, stable, common);
        Rise beside = rise(stable, Map.of(), common);
        boolean beyondChance = atLeast(risen.risen(), risen.tenants(), byItself(beside)) < BLAME;
        boolean everybody = risen.risen() == risen.tenants()
                && risen.tenants() >= Math.min(2, known(canary, stable))
                && beside.risen() == 0
                && all.share() > TOLERATED_OF_MANY;
        return beyondChance || everybody ? finding(risen, beside, all, total(stable)) : null;
    }

    /** Chance that a tenant's client errors rise with no release to blame. */
    private static double byItself(Rise beside) {
        return beside.risen() == 0
                ? 1.0 / (beside.tenants() + PRIOR_TENANTS)
                : (beside.risen() + 1.0) / (beside.tenants() + 2.0);
    }

    private static Finding finding(Rise risen, Rise beside, Mistakes canary, Mistakes stable) {
        return new Finding(
                String.format(
                        Locale.ROOT,
                        "client errors (4xx) rose for %d of %d tenants on the canary (%d of %d requests), and for %d of %d on"
                                + " stable (%d of %d)",
                        risen.risen(),
                        risen.tenants(),
                        canary.clientErrors(),
                        canary.requests(),
                        beside.risen(),
                        beside.tenants(),
                        stable.clientErrors(),
                        stable.requests()),
                Map.of(
                        "canaryClientErrors", (double) canary.clientErrors(),
                        "canaryRequests", (double) canary.requests(),
                        "canaryTenantsRisen", (double) risen.risen(),
                        "canaryTenants", (double) risen.tenants(),
                        "stableTenantsRisen", (double) beside.risen(),
                        "stableTenants", (double) beside.tenants()));
    }

    /** @param tenants of which a rise would be seen */
    private record Rise(int risen, int tenants) {}

    private Rise rise(Map<String, Mistakes> track, Map<String, Mistakes> atTheSameTime, double common) {
        int risen = 0;
        int tenants = 0;
        for (Map.Entry<String, Mistakes> entry : track.entrySet()) {
            Mistakes now = entry.getValue();
            Mistakes beside = atTheSameTime.getOrDefault(entry.getKey(), Mistakes.NONE);
            double limit = limit(entry.getKey(), Math.max(beside.share(), usual(entry.getKey(), common)));
            tenants += surprises(now.requests(), now.requests(), limit) ? 1 : 0;
            risen += surprises(now.clientErrors(), now.requests(), limit) ? 1 : 0;
        }
        return new Rise(risen, tenants);
    }

    private static boolean surprises(long count, long requests, double limit) {
        return count > 0 && PlainRules.chance(count, requests * limit) < PlainRules.SURPRISE;
    }

    private static double limit(String tenant, double expected) {
        return Math.max(several(tenant) ? TOLERATED_OF_MANY : TOLERATED, RATIO * expected);
    }

    /** Requests without a tenant, or of those beyond the bound of names. */
    private static boolean several(String tenant) {
        return tenant.isEmpty() || tenant.startsWith("~");
    }

    /** What is usual of whoever has no history of its own: the median tenant's share, so that no single one decides. */
    private double common(Map<String, Mistakes> stable) {
        List<Double> shares = sum(usual, stable).entrySet().stream()
                .filter(entry -> !several(entry.getKey()))
                .map(entry -> entry.getValue().share())
                .sorted()
                .toList();
        return shares.isEmpty() ? 0 : Math.min(MOST_COMMON, shares.get(shares.size() / 2));
    }

    /** @param common of whoever has no history of its own */
    private double usual(String tenant, double common) {
        Mistakes of = usual.getOrDefault(tenant, Mistakes.NONE);
        return of.requests() < ENOUGH_TO_KNOW ? common : (of.clientErrors() + 1.0) / (of.requests() + 1.0);
    }

    /** Tenants that have been heard of; where there is but one, nobody else can bear it out. */
    private int known(Map<String, Mistakes> canary, Map<String, Mistakes> stable) {
        Set<String> names = new HashSet<>(usual.keySet());
        names.addAll(canary.keySet());
        names.addAll(stable.keySet());
        names.removeIf(ClientErrors::several);
        return Math.max(1, names.size());
    }

    private static Map<String, Mistakes> sum(Map<String, Mistakes> a, Map<String, Mistakes> b) {
        Map<String, Mistakes> sum = new HashMap<>(a);
        b.forEach((tenant, more) -> sum.merge(tenant, more, Mistakes::plus));
        return sum;
    }

    private static Mistakes total(Map<String, Mistakes> track) {
        return track.values().stream().reduce(Mistakes.NONE, Mistakes::plus);
    }

    /** P(X >= count) of a binomial X. */
    static double atLeast(int count, int of, double chance) {
        double below = 0;
        double term = Math.pow(1 - chance, of);
        for (int k = 0; k < count; k++) {
            below += term;
            term *= (of - k) / (k + 1.0) * chance / (1 - chance);
        }
        return Math.max(0, 1 - below);
    }
}
