package vellum.core.retention;

import java.time.Instant;

/**
 * An operator's word that the wall clock is right.
 *
 * @param at the wall clock that was confirmed
 * @param who 1 to 64 characters
 * @param reason 1 to 200 characters
 * @param state what was confirmed, as {@link ClockState#text} said it
 */
public record Confirmation(Instant at, String who, String reason, String state) {

  static final int MAX_WHO_CHARS = 64;
  static final int MAX_REASON_CHARS = 200;

  public Confirmation {
    check("who", who, MAX_WHO_CHARS);
    check("reason", reason, MAX_REASON_CHARS);
  }

  private static void check(String what, String text, int most) {
    if (text.isBlank() || text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
      throw new ClockException.NotExplained(what, text.length(), most);
    }
  }
}
