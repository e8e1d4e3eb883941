package vellum.core.retention;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import vellum.core.apply.Applier;
import vellum.core.apply.MonthFlusher;
import vellum.core.apply.MonthKeys;
import vellum.core.audit.Audit;
import vellum.core.crypto.KekRotation;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.SigningKey;
import vellum.core.journal.Journal;
import vellum.core.period.ArchiveDraft;
import vellum.core.period.Catalog;
import vellum.core.period.Months;
import vellum.core.record.MonthCalendar;
import vellum.core.seal.SealEpochs;
import vellum.core.store.Store;
import vellum.core.store.Table;

/**
 * What retention works with. All parts are thread-safe or the worker's alone.
 *
 * @param clock decides what is due
 * @param policies for certificates
 * @param control store with the {@linkplain #tables tables} of retention
 * @param yearEnd removes what else goes with the records of a year
 * @param linkBytes of archive rows after which progress is kept; {@link #LINK_BYTES}
 * @param maker of the archives' stores
 * @param signing signs certificates
 * @param audit takes an entry of each certificate before it is stored: without it the last stage
 *     waits
 * @param writer packs rows of an archive beside the worker, one task at a time; may run them at
 *     once
 * @param nanoClock monotonic nanoseconds
 */
public record RetentionSetup(
    ClockGuard clock,
    MonthCalendar calendar,
    PolicyHistory policies,
    Holds holds,
    Catalog catalog,
    Months months,
    ArchiveDraft.Maker maker,
    Journal journal,
    SealEpochs epochs,
    Applier applier,
    MonthFlusher flusher,
    KeyRing keys,
    MonthKeys monthKeys,
    KekRotation rotation,
    BackupRegistry backups,
    SigningKey signing,
    Store control,
    EvidenceStore evidence,
    CertificateStore certificates,
    ErasureCertificate.Maker certifier,
    SpacePlan space,
    Pace pace,
    YearEnd yearEnd,
    long linkBytes,
    Audit audit,
    Executor writer,
    LongSupplier nanoClock) {

  public static final long LINK_BYTES = RowDigest.LINK_BYTES;

  /** Tables of the control store that retention needs. */
  public static List<Table> tables() {
    return List.of(
        EvidenceStore.TABLE,
        CertificateStore.TABLE,
        StripProgress.TABLE,
        BackupRegistry.TABLE,
        ClockGuard.TABLE);
  }
}
