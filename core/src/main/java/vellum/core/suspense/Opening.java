package vellum.core.suspense;

import java.util.function.Function;
import vellum.core.crypto.KeyRing;
import vellum.core.record.MonthId;
import vellum.core.seal.ContentSource;
import vellum.core.strip.RowStripper;

/**
 * How rows in suspense are opened, and those of archived months written. Thread-safe.
 *
 * @param strippers makes a stripper of a month's rows, for one thread
 */
public record Opening(
    KeyRing keys, ContentSource contents, Function<MonthId, RowStripper> strippers) {}
