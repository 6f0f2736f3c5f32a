package dev.vextrus.finance.ops;

import java.util.Map;
import java.util.Optional;

/**
 * One call of the management address.
 *
 * @param path segments, of which {@code {name}} takes whatever stands there
 */
public record Route(String method, String path, Handler handler) {

    /** Answers one request. */
    @FunctionalInterface
    public interface Handler {
        Answer answer(Parameters parameters);
    }

    /** A request's path variables and query parameters, together. */
    public record Parameters(Map<String, String> values) {

        public Optional<String> find(String name) {
            return Optional.ofNullable(values.get(name));
        }

        /** @throws BadParameter if it is given and is not a number from {@code least} to {@code most} */
        public long number(String name, long otherwise, long least, long most) {
            String text = values.get(name);
            if (text == null) {
                return otherwise;
            }
            long value = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
            if (value < least || value > most) {
                throw new BadParameter(name + ": '" + text + "' is not a number from " + least + " to " + most);
            }
            return value;
        }

        /** @throws BadParameter if it is missing */
        public String text(String name) {
            return find(name).orElseThrow(() -> new BadParameter(name + ": is missing"));
        }
    }

    /** The caller's mistake; the message names the parameter. */
    public static final class BadParameter extends RuntimeException {

        public BadParameter(String message) {
            super(message);
        }
    }
}
