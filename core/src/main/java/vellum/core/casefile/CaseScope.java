package vellum.core.casefile;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import vellum.core.record.AccountId;
import vellum.v1.Channel;

/**
 * Which records a case is about. A record is in it when it started within the interval, on one of
 * the channels, for one of the accounts (if any are named) and with one of the subjects (likewise).
 * Immutable.
 *
 * @param subjects at most {@link #MOST}, without repetition
 * @param accounts ids, at most {@link #MOST}; subjects or accounts are named
 * @param from first instant, by the record's start, UTC
 * @param to first instant after it
 * @param channels empty: all
 */
public record CaseScope(
    List<CaseSubject> subjects,
    SortedSet<String> accounts,
    Instant from,
    Instant to,
    Set<Channel> channels) {

  /** Subjects at most, and accounts. */
  public static final int MOST = 1_000;

  public CaseScope {
    subjects = subjects.stream().distinct().toList();
    accounts = Collections.unmodifiableSortedSet(new TreeSet<>(accounts));
    channels =
        channels.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(channels));
    if (subjects.isEmpty() && accounts.isEmpty()) {
      throw new CaseException.BadScope("a scope names a subject or an account at least");
    }
    if (subjects.size() > MOST || accounts.size() > MOST) {
      throw new CaseException.BadScope(
          "a scope names at most " + MOST + " subjects and " + MOST + " accounts");
    }
    if (!from.isBefore(to)) {
      throw new CaseException.BadScope("a scope's interval ends after it begins: from < to");
    }
    if (channels.contains(Channel.CHANNEL_UNSPECIFIED) || channels.contains(Channel.UNRECOGNIZED)) {
      throw new CaseException.BadScope("a scope's channels are ones that records have");
    }
    for (String account : accounts) {
      int bytes = account.getBytes(StandardCharsets.UTF_8).length;
      if (bytes < 1 || bytes > AccountId.MAX_BYTES) {
        throw new CaseException.BadScope(
            "an account's id has 1 to " + AccountId.MAX_BYTES + " bytes");
      }
    }
  }

  /** Says how much it names, and nobody. */
  @Override
  public String toString() {
    return subjects.size() + " subjects, " + accounts.size() + " accounts";
  }
}
