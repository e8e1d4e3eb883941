package vellum.core.suspense;

import java.util.Base64;
import java.util.Optional;
import vellum.core.record.MonthId;
import vellum.core.seal.Suspended;

/**
 * The name of a row in suspense as people and programs pass it on: {@code
 * 2026-11.default.<base64url of the key>.<journal sequence>.<place>}. Holds no identity. Stateless.
 */
public final class SuspendedId {

  private static final int PARTS = 5;
  private static final int MAX_CHARS = 160;

  private SuspendedId() {}

  public static String text(Suspended row) {
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(row.key());
    return row.period() + "." + key + "." + row.sequence() + "." + row.place();
  }

  /** Reads a name; empty when it is none. */
  public static Optional<Suspended> parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != PARTS || text.length() > MAX_CHARS) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Suspended(
              MonthId.parse(parts[0] + "." + parts[1]),
              Base64.getUrlDecoder().decode(parts[2]),
              Long.parseLong(parts[3]),
              Integer.parseInt(parts[4])));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
