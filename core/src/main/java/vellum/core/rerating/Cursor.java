package vellum.core.rerating;

import org.jspecify.annotations.Nullable;
import vellum.core.period.Place;

/**
 * Where a reading of a scope is.
 *
 * @param account index of the account
 * @param place behind which to go on, or null for the account's first record
 */
record Cursor(int account, @Nullable Place place) {

  static final Cursor START = new Cursor(0, null);
}
