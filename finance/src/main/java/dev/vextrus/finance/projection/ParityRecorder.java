package dev.vextrus.finance.projection;

import dev.vextrus.finance.projection.ReadModelWriter.FactKey;
import dev.vextrus.kernel.TenantId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps each tenant's digest of the canonical facts as they change, and sets it down at cuts. A digest is the sum modulo
 * 2^256 of the facts' hashes, so a changed fact costs two hashes however many there are.
 */
final class ParityRecorder {
    /** Cuts lie at multiples of this position, in every release. */
    static final long CUT = 500;
    /** While a read model is built, only every so many cuts are set down: at the others it could be compared with nobody. */
    static final long CUT_WHILE_FAR_BEHIND = CUT * 20;

    private ParityRecorder() {}

    /** The first cut after {@code position}, for a reader whose log ended at {@code head} when it last looked. */
    static long nextCut(long position, long head) {
        long coarse = (position / CUT_WHILE_FAR_BEHIND + 1) * CUT_WHILE_FAR_BEHIND;
        return coarse < head - CUT_WHILE_FAR_BEHIND ? coarse : (position / CUT + 1) * CUT;
    }

    /** Stores the facts that a batch changed, and moves the digests of their tenants. */
    static void store(ReadModelWriter writer, long position) throws SQLException {
        Map<FactKey, BigDecimal> facts = writer.facts();
        if (facts.isEmpty()) {
            return;
        }
        Map<TenantId, BigInteger> change = new HashMap<>();
        Columns standing = Columns.of("text", "text", "numeric");
        Columns gone = Columns.of("text", "text");
        facts.forEach((key, amount) -> {
            if (amount.signum() == 0) {
                gone.add(key.tenant().value(), key.fact());
            } else {
                standing.add(key.tenant().value(), key.fact(), amount);
            }
            change.merge(key.tenant(), FactDigest.of(key.fact(), amount), BigInteger::add);
        });
        List<Fact> before = replaceFacts(writer, standing);
        before.addAll(removeFacts(writer, gone));
        for (Fact old : before) {
            change.merge(old.tenant(), FactDigest.of(old.fact(), old.amount()).negate(), BigInteger::add);
        }
        moveDigests(writer, change, position);
        facts.clear();
    }

    /** Sets the digests down of all tenants that changed since the cut before. */
    static void cut(ReadModelWriter writer, long position) throws SQLException {
        writer.write("""
                with cut as (select * from unnest(?) as c (position)),
                     last as (select coalesce(max(position), 0) as position from read_model.parity_cut),
                     kept as (insert into read_model.parity_cut select position from cut)
                insert into read_model.parity_digest
                select cut.position, t.tenant, t.digest
                from cut, last, read_model.parity_tenant t
                where t.position > last.position""", Columns.of("bigint").add(position));
    }

    private record Fact(TenantId tenant, String fact, BigDecimal amount) {}

    private static List<Fact> replaceFacts(ReadModelWriter writer, Columns rows) throws SQLException {
        String sql = """
                with now as (select * from unnest(?, ?, ?) as n (tenant, fact, amount)),
                     before as (select f.tenant, f.fact, f.amount
                                from read_model.parity_fact f join now using (tenant, fact)),
                     kept as (insert into read_model.parity_fact
                              select * from now
                              on conflict (tenant, fact) do update set amount = excluded.amount)
                select * from before""";
        return writer.query(sql, rows, ParityRecorder::readFact);
    }

    private static List<Fact> removeFacts(ReadModelWriter writer, Columns rows) throws SQLException {
        String sql = """
                delete from read_model.parity_fact f
                using unnest(?, ?) as g (tenant, fact)
                where f.tenant = g.tenant and f.fact = g.fact
                returning f.tenant, f.fact, f.amount""";
        return writer.query(sql, rows, ParityRecorder::readFact);
    }

    private static Fact readFact(ResultSet row) throws SQLException {
        return new Fact(TenantId.of(row.getString(1)), row.getString(2), row.getBigDecimal(3));
    }

    private static void moveDigests(ReadModelWriter writer, Map<TenantId, BigInteger> change, long position)
            throws SQLException {
        Columns tenants = Columns.of("text");
        change.keySet().forEach(tenant -> tenants.add(tenant.value()));
        Map<TenantId, BigInteger> digests = new HashMap<>();
        writer.query(
                        "select tenant, digest from read_model.parity_tenant where tenant = any (?)",
                        tenants,
                        row -> Map.entry(TenantId.of(row.getString(1)), FactDigest.fromBytes(row.getBytes(2))))
                .forEach(found -> digests.put(found.getKey(), found.getValue()));
        change.forEach((tenant, difference) -> digests.merge(tenant, difference, BigInteger::add));
        Columns rows = Columns.of("text", "bytea", "bigint");
        digests.forEach((tenant, digest) -> rows.add(tenant.value(), FactDigest.toBytes(digest), position));
        writer.write("""
                insert into read_model.parity_tenant
                select * from unnest(?, ?, ?)
                on conflict (tenant) do update set digest = excluded.digest, position = excluded.position""", rows);
    }
}
