package vellum.core.record;

import java.time.Duration;

/**
 * The check of settings and options against their bounds, both inclusive. The refusal's message
 * begins with the name, says the bound, then the value. Stateless.
 */
public final class Bound {

  private Bound() {}

  /**
   * Refuses a number outside of its bounds.
   *
   * @throws IllegalArgumentException naming it, its bounds and its value
   */
  public static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " must be " + least + " to " + most + ": " + value);
    }
  }

  /**
   * Refuses a time outside of its bounds, all said in milliseconds.
   *
   * @throws IllegalArgumentException naming it, its bounds and its value
   */
  public static void check(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s must be %dms to %dms: %dms"
              .formatted(name, least.toMillis(), most.toMillis(), value.toMillis()));
    }
  }
}
