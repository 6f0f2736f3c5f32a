package dev.vextrus.finance.bulk;

import dev.vextrus.finance.account.AccountType;
import dev.vextrus.kernel.CurrencyCode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the importing person decides.
 *
 * @param name of a tenant that is created; null: its id
 * @param baseCurrency of a tenant that is created; null: the one currency of the file
 * @param skipCommodities postings in these are dropped
 * @param mapCommodities postings in a key are taken as its value
 * @param accountTypes types of top-level names that do not say it themselves
 */
public record ImportOptions(
        @Nullable String name,
        @Nullable CurrencyCode baseCurrency,
        Set<String> skipCommodities,
        Map<String, String> mapCommodities,
        Map<String, AccountType> accountTypes) {
    public static final ImportOptions NONE = new ImportOptions(null, null, Set.of(), Map.of(), Map.of());

    public ImportOptions {
        skipCommodities = Set.copyOf(skipCommodities);
        mapCommodities = Map.copyOf(mapCommodities);
        accountTypes = Map.copyOf(accountTypes);
    }
}
