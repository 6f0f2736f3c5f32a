package dev.vextrus.proxy.counting;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Requests and faults per tenant and hour of the last day: what cohorts and baselines are computed from. */
final class TenantTraffic {
    static final int HOURS = 24;

    private final Map<Long, Map<String, TenantFigures>> byHour = new HashMap<>();

    void add(String tenant, long second, boolean fault, boolean slow) {
        long hour = second / 3_600;
        Map<String, TenantFigures> tenants = byHour.get(hour);
        if (tenants == null) {
            byHour.keySet().removeIf(old -> old <= hour - HOURS);
            tenants = new HashMap<>();
            byHour.put(hour, tenants);
        }
        tenants.merge(tenant, new TenantFigures(1, fault ? 1 : 0, slow ? 1 : 0), TenantFigures::plus);
    }

    /** @param hours 1 to 24, the present one included */
    Map<String, TenantFigures> last(int hours, long nowSecond) {
        long present = nowSecond / 3_600;
        Map<String, TenantFigures> sum = new TreeMap<>();
        byHour.forEach((hour, tenants) -> {
            if (hour > present - hours) {
                tenants.forEach((tenant, figures) -> sum.merge(tenant, figures, TenantFigures::plus));
            }
        });
        return sum;
    }
}
