package dev.vextrus.finance.http;

import java.io.IOException;

/** The body went past its limit while it was being read. */
public final class BodyTooLarge extends IOException {

    public BodyTooLarge(long limitBytes) {
        super("body: larger than " + limitBytes + " bytes");
    }
}
