package vellum.core.disclosure;

import org.jspecify.annotations.Nullable;
import vellum.core.seal.Identities;
import vellum.v1.DetailRecord;

/**
 * A record to disclose.
 *
 * @param record with its identities as they are shown
 * @param source where it was found
 * @param shown what it shows of who took part
 * @param erasedOn day on which its identities were erased, {@code 2026-04-01}; null when not
 * @param byRule rule that did it, in words; null when not
 */
public record Disclosed(
    DetailRecord record,
    Source source,
    Identities shown,
    @Nullable String erasedOn,
    @Nullable String byRule) {

  Origin origin() {
    return new Origin(source, shown, erasedOn, byRule);
  }

  @Override
  public String toString() {
    return "Disclosed[" + source + ", " + shown + "]";
  }
}
