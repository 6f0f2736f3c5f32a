package dev.vextrus.finance.journal.read;

import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.JournalEntryReversed;
import dev.vextrus.finance.journal.JournalEvent;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.finance.projection.Columns;
import dev.vextrus.finance.projection.JsonText;
import dev.vextrus.finance.projection.ProjectedEvent;
import dev.vextrus.finance.projection.Projection;
import dev.vextrus.finance.projection.ReadModelWriter;
import java.sql.SQLException;
import java.util.List;

/** Writes {@code journal_entry_read_model} and {@code journal_line}. */
public final class JournalProjection implements Projection {

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public void apply(List<ProjectedEvent> events, ReadModelWriter writer) throws SQLException {
        Columns entries = Columns.of(
                "text", "uuid", "date", "text", "text", "text", "text", "text", "text", "timestamptz", "bigint");
        Columns lines =
                Columns.of("text", "uuid", "int", "text", "date", "bigint", "text", "bigint", "text", "bigint", "text");
        Columns reversals = Columns.of("text", "uuid", "uuid");
        for (ProjectedEvent event : events) {
            if (event.event() instanceof JournalEvent journal) {
                switch (journal) {
                    case JournalEntryPosted posted -> {
                        addEntry(entries, event, posted);
                        addLines(lines, event, posted);
                    }
                    case JournalEntryReversed reversed ->
                        reversals.add(
                                event.tenant().value(),
                                reversed.entry().value(),
                                reversed.reversal().value());
                }
            }
        }
        writer.write("""
                insert into read_model.journal_entry_read_model
                    (tenant, id, date, reference, memo, source_kind, source_id, metadata, actor, recorded_at, position)
                select tenant, id, date, reference, memo, source_kind, source_id, metadata::json, actor, recorded_at, position
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as e
                    (tenant, id, date, reference, memo, source_kind, source_id, metadata, actor, recorded_at, position)""", entries);
        writer.write("""
                insert into read_model.journal_line
                select tenant, entry, line, account, date, position, currency, amount, base_currency, base_amount,
                       dimensions::json
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as l
                    (tenant, entry, line, account, date, position, currency, amount, base_currency, base_amount, dimensions)""", lines);
        writer.write("""
                update read_model.journal_entry_read_model e
                set reversed_by = r.reversal
                from unnest(?, ?, ?) as r (tenant, id, reversal)
                where e.tenant = r.tenant and e.id = r.id""", reversals);
    }

    private static void addEntry(Columns entries, ProjectedEvent event, JournalEntryPosted posted) {
        entries.add(
                event.tenant().value(),
                posted.entry().value(),
                posted.date(),
                posted.reference(),
                posted.memo(),
                posted.source().kind().name(),
                posted.source().id(),
                JsonText.of(posted.metadata()),
                event.recorded().metadata().actor().id(),
                event.recorded().recordedAt(),
                event.position());
    }

    private static void addLines(Columns lines, ProjectedEvent event, JournalEntryPosted posted) {
        int number = 0;
        for (Posting line : posted.lines()) {
            lines.add(
                    event.tenant().value(),
                    posted.entry().value(),
                    ++number,
                    line.account().value(),
                    posted.date(),
                    event.position(),
                    line.amount().currency().code(),
                    line.amount().minorUnits(),
                    line.baseAmount().currency().code(),
                    line.baseAmount().minorUnits(),
                    JsonText.of(line.dimensions()));
        }
    }
}
