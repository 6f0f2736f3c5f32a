package dev.vextrus.proxy.counting;

/** A tenant's distinct requests, and how many of them failed or were slow. */
public record TenantFigures(long requests, long faults, long slow) {
    TenantFigures plus(TenantFigures other) {
        return new TenantFigures(requests + other.requests, faults + other.faults, slow + other.slow);
    }
}
