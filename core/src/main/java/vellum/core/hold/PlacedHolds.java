package vellum.core.hold;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import vellum.core.casefile.CaseScope;
import vellum.core.record.MonthId;

/**
 * Port: the holds that are accepted and have begun, whether their vaults are made or not. A hold
 * counts from its acceptance, however long it takes to make its vault. Thread-safe.
 */
@FunctionalInterface
public interface PlacedHolds {

  /** No holds. */
  PlacedHolds NONE = List::of;

  /** Those that there are, without those that are over. */
  List<Placed> placed();

  /**
   * A hold that has begun.
   *
   * @param since when it was placed, or began if that is later
   */
  record Placed(MonthId vault, Instant since, CaseScope scope) {

    static Placed of(Hold hold) {
      Instant start = hold.startsAt();
      Instant since = start.isAfter(hold.placedAt()) ? start : hold.placedAt();
      return new Placed(hold.vault(), since, hold.scope());
    }

    /** Whether anything of an interval may be meant. */
    boolean overlaps(Instant from, Instant to) {
      return scope.from().isBefore(to) && !scope.to().isBefore(from);
    }

    /** Says neither whom it is about nor for whom it is. */
    @Override
    public String toString() {
      return "hold of " + vault;
    }
  }

  /**
   * The holds of a desk. One that is being placed is waited for, so that none is overlooked that
   * was accepted before it is asked.
   *
   * @param clock by which the desk places
   */
  static PlacedHolds of(HoldDesk desk, InstantSource clock) {
    return () -> {
      List<Hold> open;
      synchronized (desk) {
        open = desk.open();
      }
      Instant now = clock.instant();
      return open.stream().filter(hold -> hasBegun(hold, now)).map(Placed::of).toList();
    };
  }

  private static boolean hasBegun(Hold hold, Instant now) {
    return switch (hold.state()) {
      case WAITING -> !now.isBefore(hold.startsAt()) && now.isBefore(hold.expiresAt());
      case COPYING -> now.isBefore(hold.expiresAt());
      case ACTIVE -> true;
      case RELEASING, RELEASED -> false;
    };
  }
}
