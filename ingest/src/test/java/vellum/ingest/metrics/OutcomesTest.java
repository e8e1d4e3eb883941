package vellum.ingest.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vellum.core.period.MonthState;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;

final class OutcomesTest {

  private static final MonthId OCTOBER = new MonthId(YearMonth.of(2026, 10), "default");
  private static final MonthId NOVEMBER = new MonthId(YearMonth.of(2026, 11), "default");

  private final Outcomes outcomes = new Outcomes();

  @Test
  void shouldCountFromTheStartOfTheProcess() {
    // given: what was there
    assertThat(add(OCTOBER, Stage.Owner.LIVE, state(100, 5)))
        .containsEntry(Outcomes.Outcome.NEW, 0L);
    // when
    Map<Outcomes.Outcome, Long> counts = add(OCTOBER, Stage.Owner.LIVE, state(130, 9));
    // then
    assertThat(counts)
        .containsEntry(Outcomes.Outcome.NEW, 30L)
        .containsEntry(Outcomes.Outcome.DUPLICATE, 4L)
        .containsEntry(Outcomes.Outcome.CONFLICT, 0L);
  }

  @Test
  void shouldCountAllOfAMonthThatBegins() {
    add(OCTOBER, Stage.Owner.LIVE, state(100, 5));
    Map<Outcomes.Outcome, Long> counts =
        outcomes.add(
            Map.of(OCTOBER, state(100, 5), NOVEMBER, state(7, 1)),
            Map.of(OCTOBER, Stage.Owner.LIVE, NOVEMBER, Stage.Owner.LIVE));
    assertThat(counts)
        .containsEntry(Outcomes.Outcome.NEW, 7L)
        .containsEntry(Outcomes.Outcome.DUPLICATE, 1L);
  }

  @Test
  void shouldNeverSink() {
    // given
    add(OCTOBER, Stage.Owner.LIVE, state(100, 5));
    add(OCTOBER, Stage.Owner.LIVE, state(110, 6));
    // when: the month is archived, and then goes
    Map<Outcomes.Outcome, Long> archived = add(OCTOBER, Stage.Owner.ARCHIVE, state(110, 0));
    Map<Outcomes.Outcome, Long> gone = outcomes.add(Map.of(), Map.of());
    // then
    assertThat(archived).containsEntry(Outcomes.Outcome.NEW, 10L).isEqualTo(gone);
    assertThat(add(NOVEMBER, Stage.Owner.LIVE, state(3, 0)))
        .containsEntry(Outcomes.Outcome.NEW, 13L);
  }

  private Map<Outcomes.Outcome, Long> add(MonthId month, Stage.Owner owner, MonthState state) {
    return outcomes.add(Map.of(month, state), Map.of(month, owner));
  }

  private static MonthState state(long records, long duplicates) {
    return new MonthState(1, records, 0, duplicates, 0, 0);
  }
}
