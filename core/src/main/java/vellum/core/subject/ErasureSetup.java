package vellum.core.subject;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import vellum.core.apply.Applier;
import vellum.core.apply.MonthFlusher;
import vellum.core.casefile.CaseFiles;
import vellum.core.crypto.KeyRing;
import vellum.core.journal.Journal;
import vellum.core.journal.OwnStream;
import vellum.core.period.Months;
import vellum.core.period.RecordFinder;
import vellum.core.record.MonthCalendar;
import vellum.core.seal.SealEpochs;
import vellum.core.store.Store;

/**
 * What erasure works with. All parts are thread-safe.
 *
 * @param control store with {@link ErasureWorker#tables}
 * @param own the server's stream that brings erasures
 * @param within how long a batch of them may wait for the journal
 * @param applied journal sequence up to which the months show everything
 */
public record ErasureSetup(
    Store control,
    CaseFiles cases,
    Months months,
    RecordFinder finder,
    KeyRing keys,
    MonthCalendar calendar,
    Journal journal,
    SealEpochs epochs,
    Applier applier,
    MonthFlusher flusher,
    Supplier<OwnStream> own,
    Held held,
    Duration within,
    LongSupplier applied) {}
