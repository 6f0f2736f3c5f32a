package dev.vextrus.finance.journal;

import dev.vextrus.finance.account.AccountFold;
import dev.vextrus.finance.account.ChartFold;
import dev.vextrus.finance.command.Decider;
import dev.vextrus.finance.command.Decision;
import dev.vextrus.finance.command.Decision.Change;
import dev.vextrus.finance.command.Given;
import dev.vextrus.finance.command.Known;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.command.Texts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what is posted to the journal by hand. */
public final class JournalDecider implements Decider<JournalCommand> {

    @Override
    public Class<JournalCommand> commands() {
        return JournalCommand.class;
    }

    @Override
    public List<Ref<?>> needs(JournalCommand command, Known known) {
        List<Ref<?>> needs = new ArrayList<>();
        needs.add(ChartFold.CHART);
        switch (command) {
            case PostJournalEntry post -> needs.addAll(needs(post, known));
            case ImportJournalEntries chunk -> chunk.entries().forEach(entry -> needs.addAll(needs(entry, known)));
            case ReverseJournalEntry reverse -> needs.addAll(Reversals.needs(reverse.entry(), reverse.date(), known));
        }
        return needs;
    }

    private static List<Ref<?>> needs(PostJournalEntry post, Known known) {
        List<Ref<?>> needs = new ArrayList<>(EntryRules.needs(post.date(), post.lines()));
        if (EntryRules.hasSeveralCurrencies(post.lines())) {
            known.find(ChartFold.CHART)
                    .map(ChartFold.Chart::postingAccounts)
                    .ifPresent(accounts -> needs.add(AccountFold.account(accounts.currencyTrading())));
        }
        return needs;
    }

    @Override
    public Decision decide(JournalCommand command, Known known, Given given) {
        Refusal refusal = known.state(ChartFold.CHART).refuseIfMissing();
        if (refusal != null) {
            return new Decision.Refused(refusal);
        }
        return switch (command) {
            case PostJournalEntry post -> post(post, known, given);
            case ReverseJournalEntry reverse -> reverse(reverse, known, given);
            case ImportJournalEntries chunk -> importChunk(chunk, known);
        };
    }

    private static Decision post(PostJournalEntry post, Known known, Given given) {
        JournalEntryId id = post.entry() != null ? post.entry() : new JournalEntryId(given.id(0));
        List<Posting> lines = EntryRules.throughTradingAccount(post.lines(), known);
        Refusal refusal = refusePosting(post, id, lines, known);
        if (refusal == null) {
            refusal = EntryRules.refuseZeroLines(post.lines());
        }
        if (refusal != null) {
            return new Decision.Refused(refusal);
        }
        return new Decision.Accepted(
                List.of(Change.of(JournalFold.entry(id), posted(post, id, EntrySource.MANUAL, lines))),
                EntryRules.guards(post.date(), lines),
                Map.of("journalEntry", id.toString()));
    }

    private static @Nullable Refusal refusePosting(
            PostJournalEntry post, JournalEntryId id, List<Posting> lines, Known known) {
        // An entry under a new id is not loaded; only where its stream turns out to exist does the handling load it.
        if (known.find(JournalFold.entry(id)).map(JournalEntry::posted).isPresent()) {
            return new Refusal(
                    Rule.ENTRY_EXISTS, "journal entry " + id + " exists already", "entry", "leave the id out");
        }
        Refusal text = Texts.check("reference", post.reference(), Texts.MAX_LINE);
        if (text == null) {
            text = Texts.check("memo", post.memo(), Texts.MAX_MEMO);
        }
        if (text == null) {
            text = Texts.check("metadata", post.metadata());
        }
        for (int i = 0; text == null && i < post.lines().size(); i++) {
            text = Texts.check(
                    "lines[" + i + "].dimensions", post.lines().get(i).dimensions());
        }
        return text != null ? text : EntryRules.refuse(post.date(), lines, known);
    }

    private static Decision importChunk(ImportJournalEntries chunk, Known known) {
        if (chunk.entries().isEmpty() || chunk.entries().size() > ImportJournalEntries.MAX_ENTRIES) {
            return new Decision.Refused(
                    Rule.IMPORT_INVALID,
                    chunk.entries().size() + " entries in a chunk",
                    "entries",
                    "write 1 to " + ImportJournalEntries.MAX_ENTRIES);
        }
        EntrySource source = new EntrySource(EntrySource.Kind.IMPORT, chunk.source());
        List<Change> changes = new ArrayList<>();
        Set<Ref<?>> guards = new LinkedHashSet<>();
        Set<JournalEntryId> seen = new HashSet<>();
        for (PostJournalEntry entry : chunk.entries()) {
            JournalEntryId id = entry.entry();
            if (id == null || !seen.add(id)) {
                return new Decision.Refused(
                        Rule.IMPORT_INVALID, "an entry has no id of its own", "entries", "give each entry one");
            }
            List<Posting> lines = EntryRules.throughTradingAccount(entry.lines(), known);
            Refusal refusal = refusePosting(entry, id, lines, known);
            if (refusal != null) {
                return new Decision.Refused(refusal);
            }
            changes.add(Change.of(JournalFold.entry(id), posted(entry, id, source, lines)));
            guards.addAll(EntryRules.guards(entry.date(), lines));
        }
        return new Decision.Accepted(changes, List.copyOf(guards), Map.of("import", chunk.source()));
    }

    private static JournalEntryPosted posted(
            PostJournalEntry post, JournalEntryId id, EntrySource source, List<Posting> lines) {
        return new JournalEntryPosted(id, post.date(), post.reference(), post.memo(), source, lines, post.metadata());
    }

    private static Decision reverse(ReverseJournalEntry reverse, Known known, Given given) {
        JournalEntry entry = known.state(JournalFold.entry(reverse.entry()));
        Refusal refusal = Texts.check("memo", reverse.memo(), Texts.MAX_MEMO);
        if (refusal == null) {
            refusal = refuseDocument(entry);
        }
        if (refusal == null) {
            refusal = Reversals.refuse(reverse.entry(), reverse.date(), known);
        }
        if (refusal != null) {
            return new Decision.Refused(refusal);
        }
        JournalEntryId reversal = new JournalEntryId(given.id(0));
        return new Decision.Accepted(
                Reversals.changes(reverse.entry(), reversal, reverse.date(), reverse.memo(), known),
                Reversals.guards(reverse.entry(), reverse.date(), known),
                Map.of("journalEntry", reverse.entry().toString(), "reversal", reversal.toString()));
    }

    private static @Nullable Refusal refuseDocument(JournalEntry entry) {
        if (entry.posted() == null) {
            return null;
        }
        EntrySource source = entry.posted().source();
        return switch (source.kind()) {
            case MANUAL, IMPORT -> null;
            case REVERSAL ->
                new Refusal(
                        Rule.ENTRY_IS_REVERSAL,
                        "the entry is itself the reversal of " + source.id(),
                        "entry",
                        "post a new entry instead");
            case INVOICE -> belongsTo("invoice " + source.id(), "void the invoice");
            case PAYMENT -> belongsTo("payment " + source.id(), "reverse the payment");
        };
    }

    private static Refusal belongsTo(String document, String remedy) {
        return new Refusal(Rule.ENTRY_BELONGS_TO_DOCUMENT, "the entry belongs to " + document, "entry", remedy);
    }
}
