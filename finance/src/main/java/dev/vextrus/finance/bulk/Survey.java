package dev.vextrus.finance.bulk;

import dev.vextrus.kernel.CurrencyCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A first look over the file: how many transactions, which currencies, and each content how often. */
final class Survey {
    private long transactions;
    private final TreeSet<String> currencies = new TreeSet<>();
    private final Map<String, Integer> contents = new HashMap<>();

    /** Empty where the file cannot be read; the errors say why. */
    static Optional<Survey> of(Path file, ImportOptions options, RowErrors errors) throws IOException {
        Survey survey = new Survey();
        boolean whole = HledgerCsv.read(file, errors, transaction -> survey.add(transaction, options));
        return whole ? Optional.of(survey) : Optional.empty();
    }

    private void add(Transaction transaction, ImportOptions options) {
        transactions++;
        contents.merge(transaction.contentHash(), 1, Integer::sum);
        for (Transaction.Line line : transaction.lines()) {
            String commodity = options.mapCommodities().getOrDefault(line.commodity(), line.commodity());
            if (!options.skipCommodities().contains(line.commodity()) && CurrencyCode.isKnown(commodity)) {
                currencies.add(commodity);
            }
        }
    }

    long transactions() {
        return transactions;
    }

    /** The file's currency, where it has just one. */
    Optional<CurrencyCode> onlyCurrency() {
        return currencies.size() == 1 ? Optional.of(CurrencyCode.of(currencies.first())) : Optional.empty();
    }

    String currencies() {
        return currencies.isEmpty() ? "no ISO 4217 currency" : String.join(", ", currencies);
    }

    boolean holds(String contentHash) {
        return contents.containsKey(contentHash);
    }
}
