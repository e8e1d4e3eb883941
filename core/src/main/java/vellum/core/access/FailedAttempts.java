package vellum.core.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/**
 * How many bad tokens and certificates each remote address has shown lately: so many at once, then
 * one every so often. Of IPv6 a whole /64 is one address, since who has one has all of it. Keeps
 * the addresses that failed last, a bounded number. Thread-safe.
 *
 * <p>A limit of noise, not of guessing: a token has 256 bits, so a good one is let in whatever
 * others at its address do, and nobody can lock anybody out. For what could be guessed, such as a
 * passphrase, ask {@link #waitMs} before it is tried, of a caller's name in place of an address.
 */
public final class FailedAttempts {

  /** Addresses that are remembered at most. */
  static final int MOST_ADDRESSES = RateLimit.MOST_NAMES;

  private static final int PREFIX_BYTES = 8;

  private final RateLimit limit;

  /**
   * None yet.
   *
   * @param perMinute failures of an address that are answered as what they are, at least 1
   * @param nanos a monotonic clock
   */
  public FailedAttempts(int perMinute, LongSupplier nanos) {
    this.limit = new RateLimit(perMinute, nanos);
  }

  /**
   * Notes a failure.
   *
   * @return milliseconds until the next one is taken, at least 1; 0 while there are not too many
   */
  public long failed(String remote) {
    return limit.take(key(remote));
  }

  /** Milliseconds until a failure would be taken; 0 when one would be now. Notes none. */
  public long waitMs(String remote) {
    return limit.waitMs(key(remote));
  }

  /** Addresses that are remembered. */
  int size() {
    return limit.size();
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
