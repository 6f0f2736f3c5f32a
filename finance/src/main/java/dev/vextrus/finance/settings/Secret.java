package dev.vextrus.finance.settings;

import java.nio.charset.StandardCharsets;

/** A password or key that cannot be printed by mistake. */
public record Secret(String value) {

    public byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
