package vellum.core.retention;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import vellum.core.crypto.KeyEncryption.Erasure;
import vellum.core.record.MonthId;

/**
 * What an erasure certificate says: what was erased, under which rule, and when. It names no person
 * and no account. {@link #json} is what is signed.
 *
 * @param policy version of the retention policy by which it fell due
 * @param deadline instant from which on it had to be gone; when that version was accepted after the
 *     instant that its rule gives, the acceptance
 * @param kek the rotation of the key-encryption key after the erasure; empty when none was due
 * @param backups how the rewriting of each registered key backup ended
 * @param countedHeld empty, unless it is of format 1, from before there were holds: records that it
 *     says are held. Since then no certificate has such a number, and all have {@link
 *     #HELD_STATEMENT}: what is held is nobody's business
 */
public record ErasureCertificate(
    Kind kind,
    MonthId period,
    String policy,
    Instant deadline,
    DestroyedKey key,
    Records records,
    RemovedFiles files,
    Optional<Kek> kek,
    List<Backup> backups,
    Optional<Long> countedHeld,
    Maker maker) {

  /** Said of held records, whether there are any or not. */
  public static final String HELD_STATEMENT =
      "the identities are gone except where law requires retention";

  private static final String YEAR = "-year";
  private static final int MAX_TEXT_CHARS = 128;
  private static final int MAX_BACKUPS = BackupRegistry.MAX_BACKUPS;

  /** What was erased. Names are in certificates. */
  public enum Kind {
    /** The identities; the rest of the records went to the archive. */
    STRIP,
    /** Everything. */
    EXPIRY,
    /** What a hold kept, at its release or its own end; the deadline is that instant. */
    RELEASE
  }

  /**
   * The key that is no more.
   *
   * @param id its random name, or {@code none} when the period never had a key
   * @param at when it was destroyed, durably
   */
  public record DestroyedKey(String id, Instant at, Erasure erasure) {

    public DestroyedKey {
      checkText("id of a key", id);
    }

    /** What the destruction means, in words. */
    public String meaning() {
      return switch (erasure) {
        case HARDWARE ->
            "hardware: the key was wrapped by a key that cannot leave the device that destroys it";
        case LOGICAL ->
            "logical: the key's file was overwritten and deleted, and the key-encryption key that"
                + " wrapped it replaced; flash, snapshots and unregistered copies may keep remnants";
      };
    }
  }

  /**
   * The records that were erased or stripped.
   *
   * @param totals SHA-256 over the totals per account, in hex; empty when the period has none
   * @param projection SHA-256 over what a strip keeps, the same before and after; empty for an
   *     expiry
   * @param months of an archive year, with their records; else empty
   */
  public record Records(
      long count,
      Optional<String> totals,
      Optional<String> projection,
      List<Evidence.MonthEnd> months) {

    /** Of a period without months. */
    public Records(long count, Optional<String> totals, Optional<String> projection) {
      this(count, totals, projection, List.of());
    }

    public Records {
      months = List.copyOf(months);
      if (count < 0) {
        throw new IllegalArgumentException("records must be 0 or more: " + count);
      }
      totals.ifPresent(digest -> checkDigest("digest of the totals", digest));
      projection.ifPresent(digest -> checkDigest("digest of the projection", digest));
    }
  }

  /** Ids of the key-encryption key that was destroyed, and of the one after it. */
  public record Kek(String from, String to) {

    public Kek {
      checkText("id of a key-encryption key", from);
      checkText("id of a key-encryption key", to);
    }
  }

  /**
   * A registered key backup.
   *
   * @param rewritten whether it holds no destroyed key any more
   * @param detail {@code 14 keys}, or why it could not be reached
   */
  public record Backup(String name, boolean rewritten, String detail, Instant at) {

    static final int MAX_DETAIL_CHARS = 1024;

    public Backup {
      checkText("name of a backup", name);
      detail = detail.length() > MAX_DETAIL_CHARS ? detail.substring(0, MAX_DETAIL_CHARS) : detail;
    }
  }

  /**
   * Who certifies.
   *
   * @param version of the program
   * @param incarnation of the installation
   */
  public record Maker(String version, String incarnation) {

    public Maker {
      checkText("version of the program", version);
      checkText("incarnation", incarnation);
    }
  }

  public ErasureCertificate {
    checkText("version of the policy", policy);
    if (key.at().isBefore(deadline)) {
      throw new IllegalArgumentException(
          "the key of " + period + " died at " + key.at() + ", before its deadline " + deadline);
    }
    backups = List.copyOf(backups);
    if (backups.size() > MAX_BACKUPS) {
      throw new IllegalArgumentException(
          "at most " + MAX_BACKUPS + " key backups: " + backups.size());
    }
    if (countedHeld.isPresent() && (countedHeld.get() < 0 || kind == Kind.RELEASE)) {
      throw new IllegalArgumentException("held records must be 0 or more, and none of a release");
    }
    if ((kind == Kind.RELEASE) != (period.kind() == MonthId.Kind.HOLD)) {
      throw new IllegalArgumentException("what a hold kept is released, and nothing else");
    }
  }

  /** The one text of this certificate: JSON in UTF-8, the same bytes for the same values. */
  public byte[] json() {
    return CertificateJson.write(this);
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws BadCertificate when it is another text, byte for byte, or of a newer version
   */
  public static ErasureCertificate parse(byte[] json) {
    return CertificateJson.read(json);
  }

  /** Number of its format. */
  int format() {
    return countedHeld.isPresent() ? CertificateJson.FIRST_FORMAT : CertificateJson.FORMAT;
  }

  boolean isYear() {
    return period.kind() == MonthId.Kind.YEAR;
  }

  /** The retention class; of an archive year that of its months. */
  String retentionClass() {
    String name = period.retentionClass();
    return isYear() ? name.substring(0, name.length() - YEAR.length()) : name;
  }

  /** What counts and digests are of, in words; empty when they need none. */
  Optional<String> recordsMeaning() {
    if (kind == Kind.STRIP) {
      return Optional.of(
          "counts and digests are as of the rewriting; what came later is not among them");
    }
    if (kind == Kind.RELEASE) {
      return Optional.of("copies that a hold kept; the records themselves end by their own rule");
    }
    return isYear() ? Optional.of("totals: in the certificates of its months") : Optional.empty();
  }

  static void checkDigest(String what, String digest) {
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(what + " must have 64 hex digits: " + digest.length());
    }
  }

  private static void checkText(String what, String text) {
    if (text.isBlank() || text.length() > MAX_TEXT_CHARS) {
      throw new IllegalArgumentException(
          what + " must have 1 to " + MAX_TEXT_CHARS + " characters: " + text.length());
    }
  }
}
