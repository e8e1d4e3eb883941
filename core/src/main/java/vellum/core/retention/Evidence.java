package vellum.core.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the end of one period, gathered stage by stage and in the end certified. Holds
 * no identities: counts, digests, instants, names of directories' files. Parts are null until their
 * stage has come. Instants are ISO 8601 in UTC.
 *
 * @param event strip or expiry
 * @param period the period's name; of an archive year the year's
 * @param policy version of the retention policy in force
 * @param deadline when its identities had to be unreadable, or all of it gone
 * @param kek what became of the key-encryption key
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
  "event", "period", "policy", "deadline", "key", "rewritten", "removed", "kek", "months"
})
public record Evidence(
    Event event,
    String period,
    String policy,
    String deadline,
    @Nullable KeyEnd key,
    @Nullable Rewritten rewritten,
    @Nullable Removed removed,
    @Nullable KekEnd kek,
    @Nullable List<MonthEnd> months) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What ends. */
  public enum Event {
    /** A traffic month loses its identities. */
    STRIP,
    /** A period ends altogether. */
    EXPIRY
  }

  /**
   * The end of a period's key.
   *
   * @param id random name of the key, or {@code none} when the period never had one
   * @param means {@code HARDWARE} or {@code LOGICAL}: what its destruction is worth
   * @param delayedByHold whether a hold that was being copied kept it past the deadline
   */
  public record KeyEnd(String id, String destroyedAt, String means, boolean delayedByHold) {}

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
   * Files that are gone.
   *
   * @param files name and bytes, the first {@link FileList#MAX_LISTED} of them
   * @param listDigest SHA-256 over the whole list
   */
  public record Removed(
      long fileCount, long bytes, List<String> files, String listDigest, @Nullable String at) {

    Removed done(Instant now) {
      return new Removed(fileCount, bytes, files, listDigest, now.toString());
    }
  }

  /**
   * The key-encryption key after the period's key was gone.
   *
   * @param backups registered key backups and whether they were rewritten
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record KekEnd(String rotatedAt, @Nullable List<String> backups) {}

  /** A month of an archive year that ends. */
  public record MonthEnd(String month, long records, boolean stripped) {}

  static Evidence begin(Event event, String period, String policy, Instant deadline) {
    return new Evidence(event, period, policy, deadline.toString(), null, null, null, null, null);
  }

  Evidence with(KeyEnd end) {
    return new Evidence(
        event, period, policy, deadline, end, rewritten, removed, kek, months);
  }

  Evidence with(@Nullable Rewritten what) {
    return new Evidence(event, period, policy, deadline, key, what, removed, kek, months);
  }

  Evidence with(Removed what) {
    return new Evidence(event, period, policy, deadline, key, rewritten, what, kek, months);
  }

  Evidence with(KekEnd what) {
    return new Evidence(event, period, policy, deadline, key, rewritten, removed, what, months);
  }

  Evidence with(List<MonthEnd> ended) {
    return new Evidence(event, period, policy, deadline, key, rewritten, removed, kek, ended);
  }

  /** The evidence as JSON, UTF-8: what a certificate signs. */
  public byte[] json() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("evidence of " + period + " cannot be written", e);
    }
  }

  /** Reads what {@link #json} wrote. */
  public static Evidence parse(byte[] json) {
    try {
      return JSON.readValue(json, Evidence.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the control store has evidence that cannot be read", e);
    }
  }
}
