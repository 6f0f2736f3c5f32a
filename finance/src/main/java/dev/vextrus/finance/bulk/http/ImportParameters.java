package dev.vextrus.finance.bulk.http;

import dev.vextrus.finance.account.AccountType;
import dev.vextrus.finance.bulk.ImportOptions;
import dev.vextrus.finance.http.ErrorAnswer;
import dev.vextrus.kernel.CurrencyCode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The import's options, from the query. */
record ImportParameters(ImportOptions options, Optional<ErrorAnswer> error) {

    static ImportParameters of(HttpServletRequest request) {
        String base = request.getParameter("baseCurrency");
        if (base != null && !CurrencyCode.isKnown(base)) {
            return wrong("baseCurrency: '" + base + "' is not an ISO 4217 code.", "Write one such as EUR.");
        }
        Map<String, String> commodities = new HashMap<>();
        for (String pair : values(request, "mapCommodity")) {
            int equals = pair.lastIndexOf('=');
            if (equals < 0 || !CurrencyCode.isKnown(pair.substring(equals + 1))) {
                return wrong("mapCommodity: '" + pair + "' maps nothing.", "Write it as $=USD.");
            }
            commodities.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        Map<String, AccountType> types = new HashMap<>();
        for (String pair : values(request, "accountType")) {
            int equals = pair.lastIndexOf('=');
            AccountType type = equals < 0 ? null : type(pair.substring(equals + 1));
            if (type == null) {
                return wrong(
                        "accountType: '" + pair + "' names no type.",
                        "Write it as Top=ASSET, LIABILITY, EQUITY, REVENUE or EXPENSE.");
            }
            types.put(pair.substring(0, equals), type);
        }
        ImportOptions options = new ImportOptions(
                request.getParameter("name"),
                base == null ? null : CurrencyCode.of(base),
                new HashSet<>(List.of(values(request, "skipCommodity"))),
                commodities,
                types);
        return new ImportParameters(options, Optional.empty());
    }

    private static ImportParameters wrong(String message, String remedy) {
        return new ImportParameters(
                ImportOptions.NONE, Optional.of(new ErrorAnswer(400, "OPTION_INVALID", message, remedy)));
    }

    private static @Nullable AccountType type(String name) {
        for (AccountType type : AccountType.values()) {
            if (type.name().equals(name.toUpperCase(Locale.ROOT))) {
                return type;
            }
        }
        return null;
    }

    private static String[] values(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null ? new String[0] : values;
    }
}
