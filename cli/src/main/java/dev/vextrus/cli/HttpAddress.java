package dev.vextrus.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the address of a service; refuses what no request could be sent to. */
final class HttpAddress implements ITypeConverter<URI> {
    @Override
    public URI convert(String value) {
        try {
            URI address = new URI(value);
            String scheme =
                    address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https")) && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException malformed) {
            throw new TypeConversionException(refusal(value) + ": " + malformed.getMessage());
        }
        throw new TypeConversionException(refusal(value));
    }

    private static String refusal(String value) {
        return "'" + value + "' is not an address such as http://127.0.0.1:3014";
    }
}
