package dev.vextrus.finance.bulk;

/**
 * How far an import is.
 *
 * @param phase {@code checking} the file, {@code opening} accounts and periods, {@code appending} entries
 * @param total 0 where it is not known yet
 */
public record ImportProgress(String phase, long done, long total) {}
