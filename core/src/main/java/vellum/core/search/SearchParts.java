package vellum.core.search;

import vellum.core.crypto.KeyRing;
import vellum.core.period.RecordFinder;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthCalendar;
import vellum.core.seal.ContentSource;

/**
 * What a search reads.
 *
 * @param finder of the months that everybody's records are in
 * @param months the same months
 * @param vaults the vaults of holds, each a live period of its own
 * @param keys of all of them
 * @param contents what was said, for whoever may see it
 */
public record SearchParts(
    RecordFinder finder,
    RecordStore months,
    RecordStore vaults,
    KeyRing keys,
    MonthCalendar calendar,
    ContentSource contents) {}
