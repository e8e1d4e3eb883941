package vellum.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QuestDbTablesTest {

  @Test
  void shouldKeepIdentitiesApart() {
    assertThat(QuestDbTables.columns(QuestDbTables.IDENTITIES))
        .containsExactly(
            PeerColumn.RECORD_ID,
            PeerColumn.ACCOUNT,
            PeerColumn.STARTED_AT,
            PeerColumn.SENDER,
            PeerColumn.RECIPIENT);
    assertThat(QuestDbTables.columns(QuestDbTables.RECORDS))
        .hasSize(PeerColumn.values().length - 2)
        .doesNotContain(PeerColumn.SENDER, PeerColumn.RECIPIENT);
  }

  @Test
  void shouldMakeOneRowOfEachTimeAndId() {
    assertThat(QuestDbTables.create(QuestDbTables.IDENTITIES))
        .isEqualTo(
            "CREATE TABLE IF NOT EXISTS identities (record_id UUID, account SYMBOL CAPACITY 1024"
                + " INDEX, started_at TIMESTAMP, sender VARCHAR, recipient VARCHAR)"
                + " TIMESTAMP(started_at) PARTITION BY MONTH WAL"
                + " DEDUP UPSERT KEYS(started_at, record_id)");
  }

  @Test
  void shouldPutNoTextInADictionaryThatNeverEnds() {
    assertThat(QuestDbTables.isSymbol(PeerColumn.ACCOUNT)).isTrue();
    assertThat(QuestDbTables.isSymbol(PeerColumn.SUPPLIER_MESSAGE_ID)).isFalse();
    assertThat(QuestDbTables.isSymbol(PeerColumn.RECIPIENT)).isFalse();
    assertThat(QuestDbTables.isSymbol(PeerColumn.UNITS)).isFalse();
  }

  @Test
  void shouldQuoteTexts() {
    assertThat(QuestDbTables.find("O'Hara", 5))
        .endsWith("WHERE sender = 'O''Hara' OR recipient = 'O''Hara' LIMIT 5");
  }

  @Test
  void shouldNameTheMonthsPartition() {
    assertThat(QuestDbTables.dropIdentities(YearMonth.of(2025, 3)))
        .isEqualTo("ALTER TABLE identities DROP PARTITION LIST '2025-03'");
  }

  @Test
  void shouldAskForRecordsByTheirTimes() {
    assertThat(QuestDbTables.startedAt(List.of(7L, 9L)))
        .isEqualTo(
            "SELECT * FROM records WHERE started_at IN"
                + " (CAST(7 AS TIMESTAMP), CAST(9 AS TIMESTAMP))");
  }
}
