package vellum.core.suspense;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import vellum.core.seal.SuspenseCode;

/** Counts of rows in suspense and sums of what their ratings charge. Not thread-safe. */
public final class SuspenseTotals {

  private final Map<String, Long> codes = new TreeMap<>();
  private final Map<String, BigInteger> amounts = new TreeMap<>();
  private long rows;
  private long oldestMicros = Long.MAX_VALUE;

  void add(SuspendedRow row) {
    rows++;
    codes.merge(SuspenseCode.name(row.message().code()), 1L, Long::sum);
    if (!row.currency().isEmpty()) {
      amounts.merge(row.currency(), BigInteger.valueOf(row.saleNanos()), BigInteger::add);
    }
    long arrived = row.message().arrival().atMicros();
    if (arrived > 0) {
      oldestMicros = Math.min(oldestMicros, arrived);
    }
  }

  public long rows() {
    return rows;
  }

  /** Rows by the names of their codes. */
  public Map<String, Long> codes() {
    return codes;
  }

  /** Nanos by currency; of rows that name one. */
  public Map<String, BigInteger> amounts() {
    return amounts;
  }

  /** When the oldest came, microseconds since the epoch; 0 when that is not known. */
  public long oldestMicros() {
    return oldestMicros == Long.MAX_VALUE ? 0 : oldestMicros;
  }
}
