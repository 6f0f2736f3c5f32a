package dev.vextrus.finance.bulk;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.StoreUnavailable;
import dev.vextrus.finance.codec.EventCodec;
import dev.vextrus.finance.command.CommandBus;
import dev.vextrus.finance.command.CommandContext;
import dev.vextrus.finance.command.Role;
import dev.vextrus.kernel.Actor;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.TenantId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Imports a file: looks it over, checks it whole, and only then posts it. */
public final class BulkImport {
    private static final int PROGRESS_EVERY = 500;

    private final EventStore store;
    private final EventCodec codec;
    private final CommandBus bus;

    public BulkImport(EventStore store, EventCodec codec, CommandBus bus) {
        this.store = store;
        this.codec = codec;
        this.bus = bus;
    }

    /**
     * Who imports, into whose books.
     *
     * @param run names this run; the commands it gives carry it
     */
    public record Importer(TenantId tenant, Actor actor, Set<Role> roles, UUID run) {

        CommandContext context(String step) {
            return new CommandContext(tenant, actor, roles, "import:" + run + ":" + step, run, null);
        }
    }

    /**
     * Runs the import to its end; running it again goes on where it was stopped.
     *
     * @param file stays as it is while the import runs; it is read several times
     * @throws IOException if the file cannot be opened
     */
    public ImportResult run(Importer importer, ImportOptions options, Path file, Consumer<ImportProgress> progress)
            throws IOException {
        RowErrors errors = new RowErrors();
        Optional<Survey> survey = Survey.of(file, options, errors);
        if (survey.isEmpty()) {
            return refused(errors, errors.count());
        }
        try {
            return new Run(importer, options, file, survey.get(), errors, progress).carryOut();
        } catch (StoreUnavailable outage) {
            errors.add(
                    0,
                    "UNAVAILABLE",
                    "the event store could not be reached",
                    "run the import again: it goes on where it stopped");
            return new ImportResult("failed", 0, 0, 0, 0, errors.listed(), errors.more(), null);
        }
    }

    /** One import of a file that was looked over. */
    private final class Run {
        private final Importer importer;
        private final ImportOptions options;
        private final Path file;
        private final Survey survey;
        private final RowErrors errors;
        private final Consumer<ImportProgress> progress;
        private long checked;
        private long wrong;

        Run(
                Importer importer,
                ImportOptions options,
                Path file,
                Survey survey,
                RowErrors errors,
                Consumer<ImportProgress> progress) {
            this.importer = importer;
            this.options = options;
            this.file = file;
            this.survey = survey;
            this.errors = errors;
            this.progress = progress;
        }

        ImportResult carryOut() throws IOException {
            KnownBooks known = KnownBooks.read(store, codec, importer.tenant());
            Optional<CurrencyCode> base = known.baseCurrency()
                    .or(() -> Optional.ofNullable(options.baseCurrency()))
                    .or(survey::onlyCurrency);
            if (base.isEmpty()) {
                errors.add(
                        0,
                        "BASE_CURRENCY_UNCLEAR",
                        "the file has " + survey.currencies() + ", and the tenant has no books yet",
                        "say in which currency they are kept with --base-currency");
                return refused(errors, survey.transactions());
            }
            Interpreter interpreter = new Interpreter(options, base.get(), known, errors);
            Needs needs = new Needs(known, interpreter.types());
            HledgerCsv.read(file, errors, transaction -> check(interpreter.interpret(transaction), needs));
            if (errors.count() > 0) {
                return refused(errors, wrong);
            }
            Opening opening = new Opening(bus, importer, options, base.get(), errors);
            if (!opening.open(known, needs, progress)) {
                return refused(errors, survey.transactions());
            }
            Appending appending = new Appending(bus, importer, survey, known, errors, progress);
            HledgerCsv.read(
                    file, errors, transaction -> appending.take(transaction, interpreter.interpret(transaction)));
            return appending.finish();
        }

        private void check(Interpreter.Meaning meaning, Needs needs) {
            switch (meaning) {
                case Interpreter.Meaning.Entry entry -> needs.add(entry.entry());
                case Interpreter.Meaning.Wrong _ -> wrong++;
                case Interpreter.Meaning.Skipped _ -> {}
            }
            if (++checked % PROGRESS_EVERY == 0 || checked == survey.transactions()) {
                progress.accept(new ImportProgress("checking", checked, survey.transactions()));
            }
        }
    }

    /** @param transactions in error; where the file is no CSV, its rows that cannot be read */
    private static ImportResult refused(RowErrors errors, long transactions) {
        return new ImportResult("refused", 0, 0, 0, transactions, errors.listed(), errors.more(), null);
    }
}
