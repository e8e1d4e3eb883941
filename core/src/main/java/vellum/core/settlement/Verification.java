package vellum.core.settlement;

import org.jspecify.annotations.Nullable;

/**
 * What a check of a statement found.
 *
 * @param stored digest of the stored bytes
 * @param again digest of what is worked out now; null when it cannot be, as records it stands on
 *     are removed
 */
public record Verification(Closing closing, String stored, @Nullable String again) {

  /** Whether the stored bytes are those of the closing. */
  public boolean isIntact() {
    Closing.Made made = closing.statement();
    return made != null && stored.equals(made.digest());
  }

  /** Whether all that can be checked is as it was. */
  public boolean isGood() {
    return isIntact() && (again == null || again.equals(stored));
  }
}
