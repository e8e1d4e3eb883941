package vellum.core.subject;

import java.time.Instant;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import vellum.core.casefile.CaseScope;
import vellum.core.seal.RowReader;
import vellum.core.seal.SealedRecord;
import vellum.v1.Channel;

/**
 * What a scope says of a record's header: account, channel and start. Immutable.
 *
 * @param accounts empty: all
 * @param channels numbers; empty: all
 * @param fromMicros first start, microseconds since the epoch
 * @param toMicros start behind the last one
 */
record ScopeHeader(
    SortedSet<String> accounts, Set<Integer> channels, long fromMicros, long toMicros) {

  private static final long MICROS = 1_000_000;

  ScopeHeader(CaseScope scope) {
    this(
        scope.accounts(),
        scope.channels().stream().map(Channel::getNumber).collect(Collectors.toUnmodifiableSet()),
        micros(scope.from()),
        micros(scope.to()));
  }

  /** Microseconds since the epoch; of an instant within one, those of the next. */
  static long micros(Instant at) {
    return Math.addExact(
        Math.multiplyExact(at.getEpochSecond(), MICROS), (at.getNano() + 999) / 1000);
  }

  /** The same, started within other bounds besides. */
  ScopeHeader within(long from, long to) {
    return new ScopeHeader(accounts, channels, Math.max(from, fromMicros), Math.min(to, toMicros));
  }

  boolean matches(SealedRecord record) {
    RowReader row = record.reader();
    long startedAt = record.startedAtMicros();
    return startedAt >= fromMicros
        && startedAt < toMicros
        && (accounts.isEmpty() || accounts.contains(row.account()))
        && (channels.isEmpty() || channels.contains(row.channel()));
  }
}
