package vellum.ingest.api;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Port: what operators ask of retention, and what they tell it. Thread-safe; each method may throw
 * a {@link RetentionRefusal}.
 */
public interface RetentionPort {

  /** Where every period is in its life. */
  Overview overview();

  /**
   * Why, and until when, a record is kept: an answer for each privacy class, or for each field that
   * the name means.
   *
   * @param field name or path of a field, or null
   * @return empty when there is no such record
   */
  Optional<Explained> explain(UUID record, @Nullable String field);

  /** A version of the policy, or the one in force; empty when there is no such version. */
  Optional<Policy> policy(OptionalInt version);

  /** What another policy would do to what is there; changes nothing. */
  Difference difference(byte[] yaml);

  /**
   * Puts another policy into force.
   *
   * @param replaces the version that its difference was made against; refused when another one is
   *     in force by now
   * @param by name of who asks for it
   * @param reason 1 to 200 characters
   */
  Policy accept(byte[] yaml, int replaces, String by, String reason);

  /** All certificates, in the order of their periods. */
  List<Certificate> certificates();

  /**
   * The signed certificate of a period.
   *
   * @param period {@code 2025-03.default}, {@code 2024-01.usage}, {@code 2025-01.default-year}
   */
  Optional<Signed> certificate(String period);

  /** The certificate of the key that signs, in PEM. */
  String signer();

  /** What the clock guard thinks of the wall clock. */
  Clock clock();

  /**
   * Takes an operator's word that the wall clock is right.
   *
   * @param by its name
   * @param reason 1 to 200 characters
   * @return the state after it
   */
  Clock confirmClock(String by, String reason);

  /** The registered backups of keys. */
  List<KeyBackup> backups();

  /** Registers a backup, and writes it. */
  KeyBackup addBackup(String name, Path directory, Path keyEncryptionFile);

  /** Writes all backups anew, without the keys that are destroyed. */
  List<KeyBackup> rewriteBackups();

  /** What a period holds. */
  enum Holding {
    LIVE,
    ARCHIVE,
    USAGE,
    CONTENT,
    SUSPENSE
  }

  /**
   * The calendar of retention, at one moment.
   *
   * @param reservedBytes that a strip under way has still to write
   */
  record Overview(Instant at, Clock clock, long reservedBytes, List<Period> periods) {
    public Overview {
      periods = List.copyOf(periods);
    }
  }

  /**
   * One period.
   *
   * @param name as {@code 2026-11.default}
   * @param identities when they must be unreadable; null when they are gone
   * @param removal when all of it must be gone
   * @param overdue whether what had to be done by now is not
   * @param blockedBy why it does not go on, or null
   * @param progress of the rewriting, 0 to 1; below 0 when it is not under way
   * @param holds on records of it
   */
  record Period(
      String name,
      Holding holding,
      String stage,
      Instant since,
      long records,
      long bytes,
      @Nullable Instant identities,
      Instant removal,
      boolean overdue,
      @Nullable String blockedBy,
      double progress,
      int holds) {}

  /**
   * What the clock guard thinks.
   *
   * @param trusted whether erasing goes on
   * @param state one line for people
   * @param until the latest instant that erasing decisions may use
   */
  record Clock(boolean trusted, String state, Instant wall, Instant until) {}

  /** A record, its period and that one's stage, and why each kind of its data is kept. */
  record Explained(String period, String stage, List<Reason> reasons) {
    public Explained {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * Why, and until when, a kind of data is kept.
   *
   * @param privacy as {@code IDENTITY}
   * @param field its path, or null when a privacy class was asked about
   * @param rule line of the policy
   * @param anchorAt from when it counts; null when the period does not tell
   * @param policyVersion in force; of what is gone, by which it went
   * @param erasedAt the first instant at which it must be gone; of what is gone, when it went
   * @param atStrip what a strip does to the field, or null
   * @param blockedBy why it is kept longer, or null
   * @param gone whether it is unreadable already
   */
  record Reason(
      String privacy,
      @Nullable String field,
      String rule,
      String retentionClass,
      int policyVersion,
      String anchor,
      @Nullable Instant anchorAt,
      String zone,
      Instant erasedAt,
      String source,
      boolean verified,
      @Nullable String legalBasis,
      @Nullable String atStrip,
      @Nullable String blockedBy,
      boolean gone) {}

  /** A version of the policy. */
  record Policy(int version, Instant acceptedAt, String reason, boolean inForce, String yaml) {}

  /** What a policy would do, against the version in force. */
  record Difference(int fromVersion, List<ClassDifference> classes, List<Moved> moved) {
    public Difference {
      classes = List.copyOf(classes);
      moved = List.copyOf(moved);
    }
  }

  /**
   * What becomes of a retention class.
   *
   * @param change ADDED, REMOVED, CHANGED or SAME
   * @param identities how erasure of identities moves
   * @param rest how removal of what is left moves
   */
  record ClassDifference(String name, String change, Shift identities, Shift rest) {}

  /**
   * How many months and records would go earlier and later.
   *
   * @param atOnce months that would be due as soon as the policy is accepted
   */
  record Shift(
      int earlierMonths, long earlierRecords, int laterMonths, long laterRecords, int atOnce) {}

  /** A period whose instants move; those of identities are null when they are gone. */
  record Moved(
      String period,
      long records,
      @Nullable Instant oldIdentities,
      @Nullable Instant newIdentities,
      Instant oldRemoval,
      Instant newRemoval,
      boolean atOnce) {}

  /**
   * A certificate of what was erased.
   *
   * @param kind STRIP or EXPIRY
   */
  record Certificate(String period, String kind, Instant deadline, Instant at, long records) {}

  /** A signed certificate. */
  record Signed(String pem, String json) {}

  /**
   * A registered backup of keys.
   *
   * @param current whether it holds what it should since it was written last
   * @param detail about that
   */
  record KeyBackup(String name, String directory, boolean current, String detail, Instant at) {}
}
