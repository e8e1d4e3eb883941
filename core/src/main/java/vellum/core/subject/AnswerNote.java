package vellum.core.subject;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of a request: noted in its document. Immutable.
 *
 * @param at when the answer was ready
 * @param records of the person that were given, erased or put right
 * @param accounts whose records they were, the first {@link #MOST_ACCOUNTS}; content is theirs
 * @param allAccounts how many there were
 * @param digest SHA-256 of the manifest of the package, in hex; empty when there is none
 * @param removedAt when the package was removed from the server
 */
public record AnswerNote(
    Instant at,
    String by,
    long records,
    List<String> accounts,
    int allAccounts,
    String digest,
    Optional<Instant> removedAt) {

  /** Accounts that are named at most. */
  public static final int MOST_ACCOUNTS = 1_000;

  public AnswerNote {
    accounts = List.copyOf(accounts);
    if (records < 0 || accounts.size() > MOST_ACCOUNTS || allAccounts < accounts.size()) {
      throw new IllegalArgumentException("counts of an answer are wrong");
    }
  }

  /** An answer without records. */
  static AnswerNote of(Instant at, String by) {
    return new AnswerNote(at, by, 0, List.of(), 0, "", Optional.empty());
  }

  /** Whether its package is on the server. */
  boolean hasPackage() {
    return !digest.isEmpty() && removedAt.isEmpty();
  }

  AnswerNote removed(Instant when) {
    return new AnswerNote(at, by, records, accounts, allAccounts, digest, Optional.of(when));
  }
}
