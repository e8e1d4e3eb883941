package vellum.core.period;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the records that a look-up found.
 *
 * @param records in order of time
 * @param next where to go on, or null when these were the last; it names a record, no person
 */
public record RecordPage(List<FoundRecord> records, @Nullable Place next) {}
