package vellum.core.retention;

import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import vellum.core.crypto.KekRotation;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.SigningKey;
import vellum.core.journal.Journal;
import vellum.core.period.ArchiveDraft;
import vellum.core.period.Catalog;
import vellum.core.period.Months;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.core.strip.StripProfile;

/**
 * What retention works with. All parts are thread-safe or the worker's alone.
 *
 * @param clock decides what is due
 * @param policyVersion of the policy in force, for certificates
 * @param profiles what a strip does to the fields of a month's class
 * @param maker of the archives' stores
 * @param signing signs certificates
 * @param nanoClock monotonic nanoseconds
 */
public record RetentionSetup(
    ClockGuard clock,
    MonthCalendar calendar,
    Supplier<String> policyVersion,
    Function<MonthId, StripProfile> profiles,
    Holds holds,
    Catalog catalog,
    Months months,
    ArchiveDraft.Maker maker,
    Journal journal,
    ApplySide applySide,
    KeyRing keys,
    KekRotation rotation,
    BackupRegistry backups,
    SigningKey signing,
    EvidenceStore evidence,
    CertificateStore certificates,
    ErasureCertificate.Maker certifier,
    SpacePlan space,
    Pace pace,
    LongSupplier nanoClock) {}
