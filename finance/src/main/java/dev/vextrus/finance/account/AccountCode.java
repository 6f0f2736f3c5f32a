package dev.vextrus.finance.account;

/**
 * An account's id, which is the code or name that people know it by, such as {@code 1000} or
 * {@code Assets:US:BofA:Checking}: 1 to 200 characters, no control characters, no blank at either end.
 */
public record AccountCode(String value) implements Comparable<AccountCode> {
    public static final int MAX_LENGTH = 200;

    /** @throws IllegalArgumentException if {@code value} has another form */
    public AccountCode {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("account: '" + value + "' is not 1 to " + MAX_LENGTH
                    + " characters without control characters or outer blanks; write one such as 1000");
        }
    }

    public static AccountCode of(String value) {
        return new AccountCode(value);
    }

    public static boolean isWellFormed(String value) {
        return !value.isEmpty()
                && value.length() <= MAX_LENGTH
                && value.strip().length() == value.length()
                && value.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public int compareTo(AccountCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
