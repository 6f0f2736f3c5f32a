package dev.vextrus.embeddedpostgres;

import java.nio.file.Path;

/**
 * How to log in as a database role.
 *
 * @param passwordFile holds {@code password}, readable by us alone; hand this on rather than the password
 */
public record Credentials(String user, String password, Path passwordFile) {

    @Override
    public String toString() {
        return "Credentials[" + user + ", password in " + passwordFile + "]";
    }
}
