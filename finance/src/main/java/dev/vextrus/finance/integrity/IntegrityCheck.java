package dev.vextrus.finance.integrity;

import dev.vextrus.eventstore.ChainBreak;
import dev.vextrus.eventstore.ChainReport;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.finance.projection.Columns;
import dev.vextrus.finance.projection.EventDecoder;
import dev.vextrus.finance.projection.ReadModelName;
import dev.vextrus.finance.projection.SnapshotReader;
import dev.vextrus.kernel.TenantId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Proves the books whole, again and again: each run looks at what is new since the last, and at one tenant in turn
 * wholly. What it found wrong in the log stays wrong; what it found wrong in the read model is looked at again each time.
 */
public final class IntegrityCheck {
    private final EventStore store;
    private final DataSource projector;
    private final ReadModelName name;
    private final Findings findings = new Findings();
    private final LedgerFold fold;
    private final Set<TenantId> suspects = new TreeSet<>();
    private @Nullable ChainBreak knownBreak;
    private long chainVerifiedTo;
    private long comparedTo;
    private long compared;
    private int turn;

    /** @param projector sees all tenants of the read model */
    public IntegrityCheck(EventStore store, EventDecoder decoder, DataSource projector, ReadModelName name) {
        this.store = store;
        this.projector = projector;
        this.name = name;
        this.fold = new LedgerFold(store, decoder, findings);
    }

    /**
     * Looks at what is new. The first run reads the whole log; later ones cost what was appended since.
     *
     * @throws org.springframework.dao.DataAccessException if the database cannot be reached
     */
    public synchronized IntegrityReport run() {
        verifyChain(chainVerifiedTo);
        try {
            fold.advanceTo(positionNow());
            try (SnapshotReader snapshot = new SnapshotReader(projector, name)) {
                long position = snapshot.position();
                fold.advanceTo(position);
                return report(position, compare(snapshot), quarantine(snapshot));
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("integrity of read model " + name, e);
        }
    }

    /** As {@link #run()}, with the hash chain verified from its beginning and all tenants compared wholly. */
    public synchronized IntegrityReport runWhole() {
        verifyChain(0);
        suspects.addAll(fold.tenants().keySet());
        return run();
    }

    private void verifyChain(long after) {
        ChainReport chain = store.verifyChains(after);
        findings.chain.counted(chain.events());
        ChainBreak broken = chain.broken();
        if (broken != null && !broken.equals(knownBreak)) {
            knownBreak = broken;
            findings.chain.check(
                    false,
                    () -> "broken at position " + broken.position() + ", tenant " + broken.tenant() + ", "
                            + broken.kind().name().toLowerCase(Locale.ROOT) + ": "
                            + broken.kind().meaning());
        }
        chainVerifiedTo = Math.max(chainVerifiedTo, chain.upTo());
    }

    private long positionNow() throws SQLException {
        try (SnapshotReader reader = new SnapshotReader(projector, name)) {
            return reader.position();
        }
    }

    private Tally compare(SnapshotReader snapshot) throws SQLException {
        Tally tally = new Tally("read-models-equal-fold");
        Collection<TenantId> wholly = wholly();
        wholly.forEach(tenant -> Optional.ofNullable(fold.tenants().get(tenant)).ifPresent(TenantFold::touchAll));
        ReadModelComparison comparison = new ReadModelComparison(snapshot, fold.tenants(), tally);
        comparison.compareBalances();
        comparison.compareInvoices();
        comparison.comparePayments();
        comparison.compareJournal(comparedTo);
        comparison.compareCounts(wholly);
        if (comparison.isEqual()) {
            suspects.clear();
            comparedTo = fold.position();
            fold.tenants().values().forEach(TenantFold::compared);
        } else {
            fold.tenants().forEach((tenant, books) -> {
                if (books.isTouched()) {
                    suspects.add(tenant);
                }
            });
        }
        return tally;
    }

    /** At first all, then those that were found wrong and one more. */
    private Collection<TenantId> wholly() {
        List<TenantId> all = new ArrayList<>(new TreeSet<>(fold.tenants().keySet()));
        if (comparedTo == 0 || all.isEmpty()) {
            return all;
        }
        Set<TenantId> chosen = new TreeSet<>(suspects);
        chosen.add(all.get(turn++ % all.size()));
        return chosen;
    }

    private Tally quarantine(SnapshotReader snapshot) throws SQLException {
        Tally tally = new Tally("events-applied");
        String sql = "select tenant, position, reason from read_model.quarantine"
                + " where position > any (?) order by position limit 100";
        snapshot.query(
                        sql,
                        Columns.of("bigint").add(0L),
                        row -> row.getString(1) + " at position " + row.getLong(2) + ": " + row.getString(3))
                .forEach(found -> tally.check(false, () -> found));
        return tally;
    }

    private IntegrityReport report(long position, Tally comparison, Tally quarantine) {
        List<IntegrityReport.Check> checks = new ArrayList<>();
        findings.all().forEach(tally -> checks.add(tally.toCheck()));
        IntegrityReport.Check latest = comparison.toCheck();
        compared += latest.checked();
        checks.add(new IntegrityReport.Check(latest.name(), compared, latest.violations(), latest.examples()));
        checks.add(quarantine.toCheck());
        return new IntegrityReport(position, checks);
    }
}
