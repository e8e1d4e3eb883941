package vellum.core.export;

import vellum.core.record.Output;

/**
 * One file of an export, in memory.
 *
 * @param number from 1
 * @param content its bytes are the first {@link Output#size} of the array
 * @param sha256 of them, hex digits
 * @param first place of its first row
 * @param last place of its last row: the next part goes on behind it
 */
public record Part(
    int number, Output content, String sha256, String first, String last, ControlTotals totals) {}
