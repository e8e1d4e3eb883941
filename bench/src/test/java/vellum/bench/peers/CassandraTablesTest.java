package vellum.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class CassandraTablesTest {

  private static final YearMonth MONTH = YearMonth.of(2026, 2);

  @Test
  void shouldNameTablesByMonthAndYear() {
    assertThat(CassandraTables.table(CassandraTables.RECORDS, MONTH)).isEqualTo("records_2026_02");
    assertThat(CassandraTables.table(CassandraTables.SUBJECTS, MONTH))
        .isEqualTo("subjects_2026_02");
    assertThat(CassandraTables.table(CassandraTables.TOTALS, MONTH)).isEqualTo("totals_2026");
  }

  @Test
  void shouldTellMonthAndHourOfTheLastMicrosecond() {
    // given
    long last = micros("2026-03-01T00:00:00Z") - 1;

    // when // then
    assertThat(CassandraTables.month(last)).isEqualTo(MONTH);
    assertThat(CassandraTables.month(last + 1)).isEqualTo(YearMonth.of(2026, 3));
    assertThat(CassandraTables.hour(last + 1)).isEqualTo(CassandraTables.hour(last) + 1);
    assertThat(CassandraTables.hour(last)).isEqualTo(CassandraTables.hour(last - 3_599_999_999L));
  }

  @Test
  void shouldInsertEveryColumn() {
    // when
    String insert = CassandraTables.insertRecord(MONTH);

    // then: one value for each column and the hour behind them
    for (PeerColumn column : PeerColumn.values()) {
      assertThat(insert).containsPattern("\\b" + Pattern.quote(column.title()) + "\\b");
    }
    assertThat(insert.chars().filter(c -> c == '?')).hasSize(PeerColumn.values().length + 1);
    assertThat(insert).contains(", hour) VALUES (");
  }

  @Test
  void shouldTakeIdentitiesOutOfTheStrippedMonthOnly() {
    assertThat(CassandraTables.strip(MONTH))
        .containsExactly(
            "ALTER TABLE peer.records_2026_02 DROP (sender, recipient)",
            "DROP TABLE peer.subjects_2026_02");
  }

  private static long micros(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
  }
}
