package dev.vextrus.finance.handling;

import dev.vextrus.finance.account.DeactivateAccount;
import dev.vextrus.finance.account.OpenAccount;
import dev.vextrus.finance.account.ReactivateAccount;
import dev.vextrus.finance.codec.FinanceJson;
import dev.vextrus.finance.command.FinanceCommand;
import dev.vextrus.finance.invoice.ApproveInvoice;
import dev.vextrus.finance.invoice.DraftInvoice;
import dev.vextrus.finance.invoice.VoidInvoice;
import dev.vextrus.finance.journal.ImportJournalEntries;
import dev.vextrus.finance.journal.PostJournalEntry;
import dev.vextrus.finance.journal.ReverseJournalEntry;
import dev.vextrus.finance.payment.AllocatePayment;
import dev.vextrus.finance.payment.ReceivePayment;
import dev.vextrus.finance.payment.ReversePayment;
import dev.vextrus.finance.period.ClosePeriod;
import dev.vextrus.finance.period.OpenPeriods;
import dev.vextrus.finance.period.ReopenPeriod;
import dev.vextrus.finance.tenant.CreateTenant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/** Commands as recorded JSON and back. Like events' names, commands' names are stored, so they are spelled out. */
public final class CommandCodec {
    static final Map<String, Class<? extends FinanceCommand>> TYPES = Map.ofEntries(
            Map.entry("CreateTenant", CreateTenant.class),
            Map.entry("OpenAccount", OpenAccount.class),
            Map.entry("DeactivateAccount", DeactivateAccount.class),
            Map.entry("ReactivateAccount", ReactivateAccount.class),
            Map.entry("OpenPeriods", OpenPeriods.class),
            Map.entry("ClosePeriod", ClosePeriod.class),
            Map.entry("ReopenPeriod", ReopenPeriod.class),
            Map.entry("PostJournalEntry", PostJournalEntry.class),
            Map.entry("ImportJournalEntries", ImportJournalEntries.class),
            Map.entry("ReverseJournalEntry", ReverseJournalEntry.class),
            Map.entry("DraftInvoice", DraftInvoice.class),
            Map.entry("ApproveInvoice", ApproveInvoice.class),
            Map.entry("VoidInvoice", VoidInvoice.class),
            Map.entry("ReceivePayment", ReceivePayment.class),
            Map.entry("AllocatePayment", AllocatePayment.class),
            Map.entry("ReversePayment", ReversePayment.class));

    private final Map<Class<?>, Writer> writers = new HashMap<>();
    private final Map<String, ObjectReader> readers = new HashMap<>();

    public CommandCodec() {
        TYPES.forEach((name, type) -> {
            writers.put(type, new Writer(name, FinanceJson.commandMapper().writerFor(type)));
            readers.put(name, FinanceJson.commandMapper().readerFor(type));
        });
    }

    Encoded encode(FinanceCommand command) {
        Writer writer = writers.get(command.getClass());
        if (writer == null) {
            throw new IllegalStateException("command: " + command.getClass().getSimpleName()
                    + " is not a recorded type; add it to CommandCodec");
        }
        String json = writer.json.writeValueAsString(command);
        return new Encoded(writer.type, json, Digests.sha256(List.of(writer.type, json)));
    }

    /** The command, or empty where this release does not know it, or not in that form. */
    Optional<FinanceCommand> decode(String type, JsonNode json) {
        ObjectReader reader = readers.get(type);
        if (reader == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.readValue(json));
        } catch (JacksonException otherForm) {
            return Optional.empty();
        }
    }

    /**
     * A command's recorded form.
     *
     * @param hash over its type and JSON, which hold nothing that was minted: the same request always has the same
     */
    record Encoded(String type, String json, String hash) {}

    private record Writer(String type, ObjectWriter json) {}
}
