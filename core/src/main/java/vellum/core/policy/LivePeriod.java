package vellum.core.policy;

import vellum.core.record.MonthId;

/**
 * A period that has data: what a change of the policy is measured against.
 *
 * @param stage how far it is in its life, in words, for people
 * @param stripped whether its identities are gone, so that their period says nothing any more
 * @param records in it, 0 when it is not known
 * @param bytes on disk, 0 when it is not known
 */
public record LivePeriod(MonthId month, String stage, boolean stripped, long records, long bytes) {

  public LivePeriod {
    if (records < 0 || bytes < 0) {
      throw new IllegalArgumentException("records and bytes must be at least 0: " + month);
    }
  }

  /** The class whose rule keeps it; of the usage log and of content, these words. */
  String group() {
    return switch (month.kind()) {
      case TRAFFIC -> month.retentionClass();
      case YEAR -> ClassNames.ofYear(month);
      case USAGE -> "usage";
      case CONTENT -> "content";
      case SUSPENSE -> "suspense";
      case HOLD, CASE, TRAIL -> "case";
    };
  }

  /** Whether it belongs to a class of its own. */
  boolean isOfClass() {
    return month.kind() == MonthId.Kind.TRAFFIC || month.kind() == MonthId.Kind.YEAR;
  }
}
