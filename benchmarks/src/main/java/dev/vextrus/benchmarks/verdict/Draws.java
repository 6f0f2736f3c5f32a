package dev.vextrus.benchmarks.verdict;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Random numbers from a seed. */
final class Draws {
    private static final double SMALL_MEAN = 20;

    private final RandomGenerator random;

    Draws(long seed) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    double uniform() {
        return random.nextDouble();
    }

    double normal() {
        return random.nextGaussian();
    }

    /** By inversion for small means; larger ones are halved first, since sums of Poisson variables are Poisson. */
    long poisson(double mean) {
        if (mean <= 0) {
            return 0;
        }
        if (mean > SMALL_MEAN) {
            return poisson(mean / 2) + poisson(mean / 2);
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        long count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    /** 1, 2, 3 ... with this mean. */
    long geometric(double mean) {
        return mean <= 1 ? 1 : 1 + (long) Math.floor(random.nextExponential() / -Math.log1p(-1 / mean));
    }

    /** An index drawn by cumulated weights, the last of which is their sum. */
    int index(double[] cumulated) {
        int found = Arrays.binarySearch(cumulated, random.nextDouble() * cumulated[cumulated.length - 1]);
        return Math.min(cumulated.length - 1, found < 0 ? -found - 1 : found);
    }
}
