package vellum.core.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An entry in its place.
 *
 * @param number from 0, without gaps
 * @param at when it was written, by the machine's clock, to the millisecond
 * @param previous hash of the entry before, 64 hexadecimal digits; zeros for the first
 */
public record Entry(long number, Instant at, Content content, String previous) {

  /** What the first entry names in place of an entry before it. */
  static final String NOTHING = "0".repeat(64);

  public Entry {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    if (number < 0 || !previous.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("number or hash of entry " + number + " is wrong");
    }
  }

  /** Its bytes: what is stored, exported and hashed. */
  public byte[] line() {
    return EntryLine.write(this);
  }
}
