package dev.vextrus.finance.bulk;

/**
 * What is wrong with the file.
 *
 * @param row the line, from 1, the header's; 0 where it concerns the file as a whole
 * @param code stable, as docs/contracts/bulk-api.md lists them
 */
public record RowError(long row, String code, String message, String remedy) {}
