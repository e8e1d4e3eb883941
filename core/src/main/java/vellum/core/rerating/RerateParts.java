package vellum.core.rerating;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import vellum.core.journal.OwnStream;
import vellum.core.period.RecordFinder;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthCalendar;

/**
 * What re-rating works with.
 *
 * @param stream of its own, into the journal
 * @param acknowledged journal sequence of the last batch that producers were told is safe
 * @param applied journal sequence up to which the months have everything
 */
public record RerateParts(
    RecordFinder finder,
    RecordStore store,
    MonthCalendar calendar,
    OwnStream stream,
    RunStore runs,
    LongSupplier acknowledged,
    LongSupplier applied,
    InstantSource clock) {}
