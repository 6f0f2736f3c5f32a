package dev.vextrus.finance.bulk.export;

import java.util.Arrays;
import java.util.Optional;

/** What a journal can be exported as. */
public enum ExportFormat {
    CSV("csv", "text/csv", "csv"),
    HLEDGER("hledger", "text/plain", "journal"),
    BEANCOUNT("beancount", "text/plain", "beancount");

    private final String code;
    private final String mediaType;
    private final String extension;

    ExportFormat(String code, String mediaType, String extension) {
        this.code = code;
        this.mediaType = mediaType;
        this.extension = extension;
    }

    public static Optional<ExportFormat> of(String code) {
        return Arrays.stream(values())
                .filter(format -> format.code.equals(code))
                .findFirst();
    }

    public String mediaType() {
        return mediaType;
    }

    public String extension() {
        return extension;
    }
}
