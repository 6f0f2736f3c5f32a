package dev.vextrus.rollout.json;

import dev.vextrus.rollout.engine.ClientErrors;
import dev.vextrus.rollout.engine.ClientErrors.Tracks;
import dev.vextrus.rollout.observation.TenantWindow.Mistakes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.StdConverter;

/**
 * How client errors stand in a journal. Every entry has them, of up to 200 tenants in each of five counts, so each name is
 * written once.
 *
 * @param tenants pairs of requests and client errors: usual, young stable, young canary, old stable, old canary; zeros at the
 *     end are left out. Null where a controller wrote that knew only the other form
 * @param usual of that form, as are {@code young} and {@code old}: each count with names of its own
 */
record ClientErrorsText(
        long bornSecond,
        @Nullable Map<String, List<Long>> tenants,
        @Nullable Map<String, Mistakes> usual,
        @Nullable Tracks young,
        @Nullable Tracks old) {

    /** To be written. */
    static final class Of extends StdConverter<ClientErrors, ClientErrorsText> {
        @Override
        public ClientErrorsText convert(ClientErrors errors) {
            Map<String, List<Long>> tenants = new TreeMap<>();
            add(tenants, 0, errors.usual());
            add(tenants, 1, errors.young().stable());
            add(tenants, 2, errors.young().canary());
            add(tenants, 3, errors.old().stable());
            add(tenants, 4, errors.old().canary());
            return new ClientErrorsText(errors.bornSecond(), tenants, null, null, null);
        }

        private static void add(Map<String, List<Long>> tenants, int place, Map<String, Mistakes> counts) {
            counts.forEach((name, count) -> {
                List<Long> numbers = tenants.computeIfAbsent(name, n -> new ArrayList<>());
                while (numbers.size() < 2 * place) {
                    numbers.add(0L);
                }
                numbers.add(count.requests());
                numbers.add(count.clientErrors());
            });
        }
    }

    /** As it was read. */
    static final class From extends StdConverter<ClientErrorsText, ClientErrors> {
        @Override
        public ClientErrors convert(ClientErrorsText text) {
            if (text.tenants != null) {
                return new ClientErrors(
                        text.bornSecond,
                        counts(text.tenants, 0),
                        new Tracks(counts(text.tenants, 1), counts(text.tenants, 2)),
                        new Tracks(counts(text.tenants, 3), counts(text.tenants, 4)));
            }
            Tracks none = new Tracks(Map.of(), Map.of());
            return new ClientErrors(
                    text.bornSecond,
                    text.usual == null ? Map.of() : text.usual,
                    text.young == null ? none : text.young,
                    text.old == null ? none : text.old);
        }

        private static Map<String, Mistakes> counts(Map<String, List<Long>> tenants, int place) {
            Map<String, Mistakes> counts = new HashMap<>();
            tenants.forEach((name, numbers) -> {
                if (numbers.size() > 2 * place + 1 && numbers.get(2 * place) > 0) {
                    counts.put(name, new Mistakes(numbers.get(2 * place), numbers.get(2 * place + 1)));
                }
            });
            return counts;
        }
    }
}
