package vellum.ingest.metrics;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import vellum.core.apply.ApplyProgress;
import vellum.core.crypto.KeyRing;
import vellum.core.journal.JournalStats;
import vellum.core.period.Catalog;
import vellum.core.period.Months;
import vellum.core.record.MonthCalendar;
import vellum.core.retention.RetentionStatus;
import vellum.core.store.Store;
import vellum.ingest.api.Reason;

/**
 * The parts of a node that are measured.
 *
 * @param control the store of what is small
 * @param cachedBytes in the cache that the stores share
 * @param retention where every period is; walks directories, so it is asked rarely
 * @param reasons why the node is not ready
 * @param reserveBytes of disk into which the journal does not write
 * @param freeBytes of the data directory's disk; -1 when that is not known
 * @param certificateEnd of the certificate that the servers show; empty without TLS
 * @param audit how the audit trail is
 * @param nanos monotonic
 */
public record MetricsPorts(
    Supplier<JournalStats> journal,
    Supplier<ApplyProgress> applied,
    Months months,
    Catalog catalog,
    Store control,
    LongSupplier cachedBytes,
    KeyRing keys,
    MonthCalendar calendar,
    Supplier<RetentionStatus> retention,
    Supplier<List<Reason>> reasons,
    LongSupplier reserveBytes,
    LongSupplier freeBytes,
    Supplier<Optional<Instant>> certificateEnd,
    Supplier<AuditFigures> audit,
    InstantSource wall,
    LongSupplier nanos) {}
