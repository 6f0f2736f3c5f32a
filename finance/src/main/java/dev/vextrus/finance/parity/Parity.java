package dev.vextrus.finance.parity;

import dev.vextrus.finance.projection.ReadModelName;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.TenantId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Shows the digests of a read-model version at its cuts. Another version that has followed the same log shows the same
 * digest of a tenant at an equal cut, or one of the two is wrong. For the rollout, over all tenants: never on the public
 * address.
 */
public final class Parity {
    private final JdbcClient jdbc;
    private final ReadModelName name;

    /**
     * Digests of all tenants that have a fact, as of a position.
     *
     * @param tenants SHA-256 sums in hexadecimal, by tenant
     */
    public record Cut(long position, SortedMap<String, String> tenants) {}

    /**
     * Cuts in order.
     *
     * @param next what to ask for next as {@code after}
     */
    public record Cuts(List<Cut> cuts, long next) {}

    private record Change(long position, String tenant, String digest) {}

    /** @param projector sees all tenants */
    public Parity(DataSource projector, ReadModelName name) {
        this.jdbc = JdbcClient.create(projector);
        this.name = name;
    }

    /** The cuts after a position, at most {@code limit}. */
    public Cuts cuts(long after, int limit) {
        List<Long> positions = jdbc.sql(name.qualify(
                        "select position from read_model.parity_cut where position > ? order by position limit ?"))
                .params(after, limit)
                .query((row, number) -> row.getLong(1))
                .list();
        if (positions.isEmpty()) {
            return new Cuts(List.of(), after);
        }
        long last = positions.getLast();
        SortedMap<String, String> standing = standingAt(positions.getFirst());
        List<Change> changes = changes(positions.getFirst(), last);
        List<Cut> cuts = new ArrayList<>();
        int used = 0;
        for (long position : positions) {
            for (; used < changes.size() && changes.get(used).position() <= position; used++) {
                standing.put(changes.get(used).tenant(), changes.get(used).digest());
            }
            cuts.add(new Cut(position, new TreeMap<>(standing)));
        }
        return new Cuts(List.copyOf(cuts), last);
    }

    /** The newest facts of a tenant, each with its amount in whole units, for people to compare. */
    public SortedMap<String, String> facts(TenantId tenant) {
        SortedMap<String, String> facts = new TreeMap<>();
        jdbc.sql(name.qualify("select fact, amount from read_model.parity_fact where tenant = ?"))
                .param(tenant.value())
                .query(row -> {
                    String fact = row.getString(1);
                    facts.put(fact, inUnits(fact, row.getBigDecimal(2)));
                });
        return facts;
    }

    /** A fact's last part is its currency. */
    private static String inUnits(String fact, BigDecimal minorUnits) {
        CurrencyCode currency = CurrencyCode.of(fact.substring(fact.lastIndexOf('/') + 1));
        return minorUnits.movePointLeft(currency.minorUnits()).toPlainString();
    }

    /** Each tenant's digest is the newest that was set down at or before the position. */
    private SortedMap<String, String> standingAt(long position) {
        SortedMap<String, String> standing = new TreeMap<>();
        jdbc.sql(name.qualify("""
                        select distinct on (tenant) tenant, digest
                        from read_model.parity_digest
                        where position <= ?
                        order by tenant, position desc""")).param(position).query(row -> {
            standing.put(row.getString(1), HexFormat.of().formatHex(row.getBytes(2)));
        });
        return standing;
    }

    private List<Change> changes(long after, long upTo) {
        return jdbc.sql(name.qualify("""
                        select position, tenant, digest
                        from read_model.parity_digest
                        where position > ? and position <= ?
                        order by position"""))
                .params(after, upTo)
                .query((row, number) -> new Change(
                        row.getLong(1), row.getString(2), HexFormat.of().formatHex(row.getBytes(3))))
                .list();
    }
}
