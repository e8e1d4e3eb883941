package vellum.core.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many bad tokens and certificates each remote address has shown lately: so many at once, then
 * one every so often. Of IPv6 a whole /64 is one address, since who has one has all of it. Keeps
 * the addresses that failed last, a bounded number. Thread-safe.
 *
 * <p>A limit of noise, not of guessing: a token has 256 bits, so a good one is let in whatever
 * others at its address do, and nobody can lock anybody out.
 */
public final class FailedAttempts {

  /** Addresses that are remembered at most. */
  static final int MOST_ADDRESSES = 10_000;

  private static final int PREFIX_BYTES = 8;

  private final long stepNanos;
  private final long burstNanos;
  private final LongSupplier nanos;

  /** By address, when all its failures will have been forgotten. */
  private final Map<String, Long> forgottenAt = new Latest();

  private static final class Latest extends LinkedHashMap<String, Long> {
    private static final long serialVersionUID = 1L;

    Latest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      return size() > MOST_ADDRESSES;
    }
  }

  /**
   * None yet.
   *
   * @param perMinute failures of an address that are answered as what they are, at least 1
   * @param nanos a monotonic clock
   */
  public FailedAttempts(int perMinute, LongSupplier nanos) {
    this.burstNanos = TimeUnit.MINUTES.toNanos(1);
    this.stepNanos = burstNanos / perMinute;
    this.nanos = nanos;
  }

  /**
   * Notes a failure.
   *
   * @return milliseconds until the next one is taken, at least 1; 0 while there are not too many
   */
  synchronized long failed(String remote) {
    String address = key(remote);
    long now = nanos.getAsLong();
    Long known = forgottenAt.get(address);
    long start = known == null || known - now < 0 ? now : known;
    long excess = start + stepNanos - now - burstNanos;
    if (excess > 0) {
      return TimeUnit.NANOSECONDS.toMillis(excess) + 1;
    }
    forgottenAt.put(address, start + stepNanos);
    return 0;
  }

  /** Addresses that are remembered. */
  synchronized int size() {
    return forgottenAt.size();
  }

  private static String key(String remote) {
    if (remote.indexOf(':') < 0) {
      return remote;
    }
    try {
      InetAddress address = InetAddress.getByName(remote);
      return address instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), PREFIX_BYTES))
          : remote;
    } catch (UnknownHostException e) {
      return remote;
    }
  }
}
