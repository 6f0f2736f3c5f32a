package dev.vextrus.finance.journal.read;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.journal.EntrySource;
import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.finance.projection.JsonText;
import dev.vextrus.finance.query.Page;
import dev.vextrus.finance.query.PageRequest;
import dev.vextrus.finance.query.TenantReader;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import dev.vextrus.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks for journal entries and their lines. */
public final class JournalQueries {
    private static final String ENTRIES = "select * from read_model.journal_entry_read_model e where tenant = :tenant";

    private final TenantReader reader;

    public JournalQueries(TenantReader reader) {
        this.reader = reader;
    }

    public Optional<JournalEntryView> find(TenantId tenant, JournalEntryId id) {
        return Optional.ofNullable(find(tenant, List.of(id)).get(id));
    }

    /** Those that there are. */
    public Map<JournalEntryId, JournalEntryView> find(TenantId tenant, Collection<JournalEntryId> ids) {
        Map<JournalEntryId, JournalEntryView> found = new LinkedHashMap<>();
        reader.read(
                        tenant,
                        statements -> statements
                                .sql(ENTRIES + " and id = any (:ids)")
                                .param("ids", uuids(ids))
                                .query((row, number) -> entry(row))
                                .list())
                .forEach(entry -> found.put(entry.id(), entry));
        return found;
    }

    /** The lines of many entries at once, in order; an entry that there is not is left out. */
    public Map<JournalEntryId, List<JournalLineView>> lines(TenantId tenant, Collection<JournalEntryId> entries) {
        String sql = "select * from read_model.journal_line where tenant = :tenant and entry = any (:ids)"
                + " order by entry, line";
        return reader
                .read(
                        tenant,
                        statements -> statements
                                .sql(sql)
                                .param("ids", uuids(entries))
                                .query((row, number) -> line(row))
                                .list())
                .stream()
                .collect(Collectors.groupingBy(JournalLineView::entry, LinkedHashMap::new, Collectors.toList()));
    }

    public Page<JournalEntryView> page(TenantId tenant, JournalFilter filter, JournalSort sort, PageRequest page) {
        String sql = ENTRIES
                + (filter.from() == null ? "" : " and date >= :from")
                + (filter.to() == null ? "" : " and date <= :to")
                + (filter.source() == null ? "" : " and source_kind = :source")
                + (filter.reference() == null ? "" : " and reference = :reference")
                + (filter.account() == null
                        ? ""
                        : " and exists (select from read_model.journal_line l"
                                + " where l.tenant = e.tenant and l.entry = e.id and l.account = :account)")
                + sort.keyset().tail(page);
        return reader.read(tenant, statements -> {
            var statement = sort.keyset()
                    .bind(statements.sql(sql), page)
                    .param("from", filter.from())
                    .param("to", filter.to())
                    .param(
                            "source",
                            filter.source() == null ? null : filter.source().name())
                    .param("reference", filter.reference())
                    .param(
                            "account",
                            filter.account() == null ? null : filter.account().value());
            return sort.keyset()
                    .page(
                            statement
                                    .query((row, number) -> sort.keyset().entry(row, entry(row)))
                                    .list(),
                            page);
        });
    }

    private static UUID[] uuids(Collection<JournalEntryId> ids) {
        return ids.stream().map(JournalEntryId::value).toArray(UUID[]::new);
    }

    private static JournalEntryView entry(ResultSet row) throws SQLException {
        @Nullable UUID reversedBy = row.getObject("reversed_by", UUID.class);
        return new JournalEntryView(
                new JournalEntryId(row.getObject("id", UUID.class)),
                row.getObject("date", LocalDate.class),
                row.getString("reference"),
                row.getString("memo"),
                new EntrySource(EntrySource.Kind.valueOf(row.getString("source_kind")), row.getString("source_id")),
                reversedBy == null ? null : new JournalEntryId(reversedBy),
                JsonText.parse(row.getString("metadata")),
                row.getString("actor"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getLong("position"));
    }

    private static JournalLineView line(ResultSet row) throws SQLException {
        return new JournalLineView(
                new JournalEntryId(row.getObject("entry", UUID.class)),
                row.getInt("line"),
                row.getObject("date", LocalDate.class),
                new Posting(
                        AccountCode.of(row.getString("account")),
                        Money.ofMinor(CurrencyCode.of(row.getString("currency")), row.getLong("amount")),
                        Money.ofMinor(CurrencyCode.of(row.getString("base_currency")), row.getLong("base_amount")),
                        JsonText.parse(row.getString("dimensions"))));
    }
}
