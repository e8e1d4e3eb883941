package vellum.ingest.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;

final class SuspendedCountTest {

  private final List<MonthId> opened = new ArrayList<>();
  private final SuspendedCount count =
      new SuspendedCount(
          id -> {
            opened.add(id);
            return 10;
          });

  @Test
  void shouldOpenClosedMonthsAFewAtATimeAndEachOnce() {
    // given
    Map<MonthId, Stage.Owner> owners = new TreeMap<>();
    for (String month : List.of("2026-08", "2026-09", "2026-10")) {
      owners.put(MonthId.parse(month + ".default"), Stage.Owner.LIVE);
    }

    // when, then
    assertThat(count.sum(owners, List.of(), 0)).isZero();
    assertThat(opened).isEmpty();
    assertThat(count.sum(owners, List.of(), 1)).isEqualTo(10);
    assertThat(opened).hasSize(1);
    assertThat(count.sum(owners, List.of(), 5)).isEqualTo(30);
    assertThat(count.sum(owners, List.of(), 5)).isEqualTo(30);
    assertThat(opened).hasSize(3).doesNotHaveDuplicates();

    // and a month that is gone counts no more
    owners.remove(MonthId.parse("2026-08.default"));
    assertThat(count.sum(owners, List.of(), 5)).isEqualTo(20);
  }
}
