package vellum.core.rerating;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A re-rating and how far it is: a dry run, or one that is applied.
 *
 * @param id {@code dry-3}, or {@code rerate-3}, which is the rate plan of what it changes
 * @param applies whether it changes records
 * @param digest SHA-256 of rates and scope, hexadecimal: the same again goes on where it broke off
 * @param rates rows of the file
 * @param reason why it is applied; empty of a dry run
 * @param startedAt the time of rating of what it changes
 * @param report what it changes; {@link RerateReport#EMPTY} until it is known
 * @param applied what it changed so far
 * @param trouble what it waits for, or why it failed; empty when there is nothing to say
 */
public record RerateRun(
    String id,
    boolean applies,
    State state,
    String digest,
    RerateScope scope,
    int rates,
    String reason,
    Instant startedAt,
    @Nullable Instant endedAt,
    Progress progress,
    RerateReport report,
    Applied applied,
    String trouble) {

  /** How far a run is. */
  public enum State {
    /** Waits until what the journal has is applied. */
    WAITING,
    /** Reads the records, to see what changes; nothing is changed before it has seen all. */
    CHECKING,
    /** Reads them again, and writes what changes. */
    APPLYING,
    /** All is written; waits until it is applied. */
    SETTLING,
    DONE,
    /** The trouble says why, and whether something was changed before. */
    FAILED,
    /** The server ended meanwhile: the same run, asked for again, goes on. */
    INTERRUPTED
  }

  /**
   * How much of the time in question was read.
   *
   * @param done seconds
   * @param total seconds, of all accounts
   * @param records read
   */
  public record Progress(long done, long total, long records) {
    static final Progress NONE = new Progress(0, 0, 0);
  }

  /**
   * What was written.
   *
   * @param records with another price
   * @param differences by how much each currency's amounts change, in nanos
   */
  public record Applied(long records, Map<String, BigInteger> differences) {
    public static final Applied NONE = new Applied(0, Map.of());

    public Applied {
      differences = Map.copyOf(differences);
    }

    Applied plus(Applied more) {
      Map<String, BigInteger> sums = new TreeMap<>(differences);
      more.differences.forEach((currency, nanos) -> sums.merge(currency, nanos, BigInteger::add));
      return new Applied(records + more.records, sums);
    }
  }

  /** Whether it is over, well or not. */
  public boolean isOver() {
    return state == State.DONE || state == State.FAILED || state == State.INTERRUPTED;
  }

  RerateRun at(State next, Progress far, Applied written, String why) {
    return new RerateRun(
        id, applies, next, digest, scope, rates, reason, startedAt, endedAt, far, report, written,
        why);
  }

  RerateRun with(RerateReport found) {
    return new RerateRun(
        id, applies, state, digest, scope, rates, reason, startedAt, endedAt, progress, found,
        applied, trouble);
  }

  RerateRun ended(State last, Instant at, String why) {
    return new RerateRun(
        id, applies, last, digest, scope, rates, reason, startedAt, at, progress, report, applied,
        why);
  }
}
