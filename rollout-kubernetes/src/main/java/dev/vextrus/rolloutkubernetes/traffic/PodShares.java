package dev.vextrus.rolloutkubernetes.traffic;

/**
 * How many ready pods of each colour serve, so that an even spread over them comes nearest to a weight.
 *
 * @param stable serving pods of the stable colour, at least 0
 * @param canary serving pods of the canary, at least 0
 */
public record PodShares(int stable, int canary) {

    /** The canary's share of an even spread; 0 where nothing serves. */
    public double share() {
        return canary == 0 ? 0 : (double) canary / (stable + canary);
    }

    /**
     * The nearest share to {@code weight}; of equally near ones that with most pods. Between 0 and 1 both colours serve
     * as long as both have ready pods; a colour without any leaves the service to the other. At weight 0 the canary never
     * serves, even where stable has nothing ready.
     */
    public static PodShares nearest(double weight, int readyStable, int readyCanary) {
        if (weight <= 0 || readyCanary == 0) {
            return new PodShares(readyStable, 0);
        }
        if (weight >= 1 || readyStable == 0) {
            return new PodShares(0, readyCanary);
        }
        PodShares best = new PodShares(1, 1);
        for (int canary = 1; canary <= readyCanary; canary++) {
            for (int stable = 1; stable <= readyStable; stable++) {
                PodShares next = new PodShares(stable, canary);
                if (next.nearerThan(best, weight)) {
                    best = next;
                }
            }
        }
        return best;
    }

    private boolean nearerThan(PodShares other, double weight) {
        double mine = Math.abs(share() - weight);
        double theirs = Math.abs(other.share() - weight);
        boolean alike = Math.abs(mine - theirs) < 1e-9;
        return alike ? stable + canary > other.stable + other.canary : mine < theirs;
    }
}
