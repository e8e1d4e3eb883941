package vellum.core.export;

import vellum.core.period.MonthState;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;

/**
 * A month as an export found it: with equal marks its rows are equal. Retries and stale versions
 * leave it as it is.
 *
 * @param owner whether it was live or archived: an archived one has other rows, in another order
 * @param records that were there
 * @param updates that had changed them
 */
public record Mark(MonthId month, Stage.Owner owner, long records, long updates) {

  static Mark of(MonthId month, Stage.Owner owner, MonthState state) {
    return new Mark(month, owner, state.records(), state.updates());
  }
}
