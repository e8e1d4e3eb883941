package vellum.core.apply;

import java.util.Optional;
import java.util.function.Function;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.MonthKey;
import vellum.core.record.MonthId;
import vellum.core.strip.RowStripper;
import vellum.core.strip.StripProfile;

/**
 * What months are written with: a live one its key, an archived one the stripper of its year.
 * Thread-safe.
 *
 * @param profiles what is kept of a month's records without their identities
 */
public record MonthKeys(KeyRing keys, Function<MonthId, StripProfile> profiles) {

  /** The key of a month, if it has one that lives. */
  Optional<MonthKey> existing(MonthId month) {
    return keys.existing(month);
  }

  /** A stripper of a month's rows, for one thread; makes the key of its year at first use. */
  public RowStripper stripper(MonthId month) {
    return new RowStripper(profiles.apply(month), keys.key(month.year()).newYearMac());
  }
}
