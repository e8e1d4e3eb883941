package vellum.core.retention;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the end of one period, gathered stage by stage and in the end certified. Holds
 * no identities: counts, digests, instants, names of directories' files. Parts are null until their
 * stage has come. Instants are ISO 8601 in UTC.
 *
 * @param event strip, expiry or release
 * @param period the period's name; of an archive year the year's
 * @param policy version of the retention policy by which it fell due
 * @param deadline when its identities had to be unreadable, or all of it gone: never before that
 *     version was accepted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Evidence(
    ErasureCertificate.Kind event,
    String period,
    String policy,
    String deadline,
    @Nullable KeyEnd key,
    @Nullable Rewritten rewritten,
    @Nullable Removed removed,
    @Nullable KekEnd kek,
    @Nullable List<BackupEnd> backups,
    @Nullable List<MonthEnd> months) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The end of a period's key.
   *
   * @param id random name of the key, or {@code none} when the period never had one
   */
  @JsonIgnoreProperties("delayedByHold")
  public record KeyEnd(String id, String destroyedAt) {}

  /**
   * What a strip wrote, and proof that it is what was there.
   *
   * @param records as of the rewriting; what came later is not among them
   * @param suspended messages that conflicted with a record
   * @param totals lines of {@link Totals#byCurrency}
   * @param totalsDigest of the totals per account and currency
   * @param rowsDigest SHA-256 over the stripped rows in the order of their keys
   * @param switchedAt journal sequence from which on the archive takes messages; 0 until it does
   */
  public record Rewritten(
      long records,
      long suspended,
      List<String> totals,
      String totalsDigest,
      String rowsDigest,
      long archiveBytes,
      long switchedAt) {

    Rewritten switched(long sequence) {
      return new Rewritten(
          records, suspended, totals, totalsDigest, rowsDigest, archiveBytes, sequence);
    }
  }

  /**
   * Files that go, listed before they do; as in {@link RemovedFiles}.
   *
   * @param at when they were gone; null until they are
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Removed(
      @Nullable String at,
      long count,
      long bytes,
      String digest,
      List<RemovedFiles.RemovedFile> listed) {

    Removed done(Instant now) {
      return new Removed(now.toString(), count, bytes, digest, listed);
    }

    RemovedFiles files() {
      return new RemovedFiles(
          Instant.parse(Objects.requireNonNull(at, "the files are not gone")),
          count,
          bytes,
          digest,
          listed);
    }
  }

  /** Ids of the key-encryption key that was destroyed after the period's key, and of the next. */
  public record KekEnd(String at, String from, String to) {}

  /** A registered key backup, as in {@link ErasureCertificate.Backup}. */
  public record BackupEnd(String name, boolean rewritten, String detail, String at) {}

  /** A month of an archive year that ends. */
  public record MonthEnd(String month, long records) {}

  static Evidence begin(
      ErasureCertificate.Kind event, String period, String policy, Instant deadline) {
    return new Evidence(
        event, period, policy, deadline.toString(), null, null, null, null, null, null);
  }

  Evidence with(KeyEnd what) {
    return new Evidence(
        event, period, policy, deadline, what, rewritten, removed, kek, backups, months);
  }

  Evidence with(Rewritten what) {
    return new Evidence(event, period, policy, deadline, key, what, removed, kek, backups, months);
  }

  Evidence with(Removed what) {
    return new Evidence(
        event, period, policy, deadline, key, rewritten, what, kek, backups, months);
  }

  Evidence with(KekEnd what) {
    return new Evidence(
        event, period, policy, deadline, key, rewritten, removed, what, backups, months);
  }

  Evidence withBackups(List<BackupEnd> what) {
    return new Evidence(
        event, period, policy, deadline, key, rewritten, removed, kek, what, months);
  }

  Evidence withMonths(List<MonthEnd> what) {
    return new Evidence(
        event, period, policy, deadline, key, rewritten, removed, kek, backups, what);
  }

  /** The evidence as JSON, UTF-8. */
  byte[] json() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("evidence of " + period + " cannot be written", e);
    }
  }

  /** Reads what {@link #json} wrote. */
  static Evidence parse(byte[] json) {
    try {
      return JSON.readValue(json, Evidence.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the control store has evidence that cannot be read", e);
    }
  }
}
