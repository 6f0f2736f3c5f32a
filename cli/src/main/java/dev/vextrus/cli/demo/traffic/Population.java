package dev.vextrus.cli.demo.traffic;

import dev.vextrus.kernel.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Tenants of very different sizes: each one's share of the traffic is log-normal, as companies' sizes are, so the largest
 * has some hundred times the traffic of the smallest.
 */
public final class Population {
    private static final double SPREAD = 1.2;

    private final List<TenantId> tenants;
    private final double[] cumulative;

    private Population(List<TenantId> tenants, double[] cumulative) {
        this.tenants = List.copyOf(tenants);
        this.cumulative = cumulative;
    }

    /** The same {@code seed} gives the same tenants and sizes. */
    public static Population of(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TenantId> tenants = new ArrayList<>();
        double[] cumulative = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            tenants.add(TenantId.of("tenant-%02d".formatted(i + 1)));
            sum += Math.exp(SPREAD * random.nextGaussian());
            cumulative[i] = sum;
        }
        for (int i = 0; i < count; i++) {
            cumulative[i] /= sum;
        }
        return new Population(tenants, cumulative);
    }

    public List<TenantId> tenants() {
        return tenants;
    }

    /** The tenant that {@code point}, in [0, 1), falls on. */
    public TenantId at(double point) {
        int low = 0;
        int high = cumulative.length - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (cumulative[middle] > point) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return tenants.get(low);
    }

    /** The share of traffic of the {@code index}-th tenant, 0 to 1. */
    public double share(int index) {
        return index == 0 ? cumulative[0] : cumulative[index] - cumulative[index - 1];
    }
}
