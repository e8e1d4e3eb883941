package vellum.core.retention;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import vellum.core.record.MonthCalendar;

/** Port: the retention policy over time, for what certificates say. Thread-safe. */
@FunctionalInterface
public interface PolicyHistory {

  /** All versions, the first one first; at least one. */
  List<Accepted> versions();

  /**
   * A version of the policy.
   *
   * @param acceptedAt from when on it was in force, up to the next one's
   * @param calendar of its rules
   */
  record Accepted(String version, Instant acceptedAt, MonthCalendar calendar) {}

  /** When something fell due, and by which version. */
  record Due(String version, Instant at) {}

  /**
   * When what ended at an instant had fallen due: the first instant at which the version then in
   * force asked for it. That is the version's own deadline or, when it was past already as the
   * version was accepted, the acceptance: nobody could obey a rule before it was there. A version
   * accepted later moves nothing that was due before. What ended without being due by any of them,
   * was due when it ended, by the version then in force.
   *
   * @param deadline what a version asks for
   */
  default Due due(Function<MonthCalendar, Instant> deadline, Instant end) {
    List<Accepted> versions = versions();
    Accepted inForce = versions.get(0);
    for (int i = 0; i < versions.size(); i++) {
      Accepted one = versions.get(i);
      if (i > 0 && one.acceptedAt.isAfter(end)) {
        break;
      }
      inForce = one;
      Instant asked = deadline.apply(one.calendar);
      Instant at = asked.isBefore(one.acceptedAt) ? one.acceptedAt : asked;
      Instant until = i + 1 < versions.size() ? versions.get(i + 1).acceptedAt : Instant.MAX;
      if (at.isBefore(until) && !at.isAfter(end)) {
        return new Due(one.version, at);
      }
    }
    return new Due(inForce.version, end);
  }
}
