package dev.vextrus.finance.projection;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.finance.period.PeriodClosed;
import dev.vextrus.finance.period.PeriodReopened;
import dev.vextrus.kernel.TenantId;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Appends the events of plausible books, the same for the same seed: entries, invoices, payments, periods. */
public final class SeededBooks {
    private final Random random;
    private final List<SeededTenant> tenants = new ArrayList<>();

    public SeededBooks(EventStore store, long seed, String... tenants) {
        this.random = new Random(seed);
        for (String tenant : tenants) {
            this.tenants.add(new SeededTenant(store, random, TenantId.of(tenant)));
        }
    }

    /** Appends so many commands' worth of events, each for a tenant by chance. */
    public SeededBooks append(int commands) {
        for (int i = 0; i < commands; i++) {
            one(tenants.get(random.nextInt(tenants.size())));
        }
        return this;
    }

    /** Appends an event that no release can read, to an account's stream, and one after it. */
    public long appendUnreadable(String tenant) {
        SeededTenant books = tenants.stream()
                .filter(candidate -> candidate.tenant.value().equals(tenant))
                .findFirst()
                .orElseThrow();
        StreamId stream = StreamId.of("account", SeededTenant.EXPENSE.value());
        NewEvent event = new NewEvent(books.id(), "AccountGilded", 7, Payload.ofUtf8("{}"), null);
        return books.append(Map.of(stream, List.of(event)));
    }

    private void one(SeededTenant tenant) {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> SeededEntries.post(tenant);
            case 3 -> SeededEntries.reverse(tenant);
            case 4, 5 -> SeededInvoices.draft(tenant);
            case 6 -> SeededInvoices.approve(tenant);
            case 7, 8 -> SeededInvoices.receive(tenant);
            default -> rare(tenant);
        }
    }

    private void rare(SeededTenant tenant) {
        switch (tenant.random.nextInt(4)) {
            case 0 -> SeededInvoices.bounce(tenant);
            case 1 -> SeededInvoices.voidDraft(tenant);
            case 2 -> SeededEntries.postForeign(tenant);
            default -> {
                YearMonth period = YearMonth.of(2026, 1 + tenant.random.nextInt(3));
                tenant.append(new SeededTenant.Part("period", period, new PeriodClosed(period)));
                tenant.append(new SeededTenant.Part("period", period, new PeriodReopened(period, "late paper")));
            }
        }
    }
}
