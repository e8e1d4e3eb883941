package vellum.core.suspense;

/**
 * Which rows of suspense are meant.
 *
 * @param code number of the {@link vellum.core.seal.SuspenseCode}; 0 for any
 * @param account empty for any
 * @param fromMicros first instant at which their communications started, since the epoch, UTC
 * @param toMicros first instant after
 * @param asOf journal sequence of the last batch whose rows are meant: what comes meanwhile, or
 *     comes back, is left to the next
 */
public record SuspenseFilter(int code, String account, long fromMicros, long toMicros, long asOf) {

  public SuspenseFilter {
    if (fromMicros < 0 || fromMicros >= toMicros) {
      throw new IllegalArgumentException("from must be before to: " + fromMicros + ", " + toMicros);
    }
  }

  /** Whether a row is meant. */
  boolean takes(SuspendedRow row) {
    return (code == 0 || code == row.message().code())
        && (account.isEmpty() || account.equals(row.account()))
        && row.startedAtMicros() >= fromMicros
        && row.startedAtMicros() < toMicros
        && row.at().sequence() <= asOf;
  }
}
