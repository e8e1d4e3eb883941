package vellum.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import vellum.v1.DetailRecord;

final class PostgresRowsTest {

  private static final int HEADER_BYTES = 19;

  private final PeerRecord record =
      new PeerRecord(
          new PeerRecordWriter()
              .write(
                  DetailRecord.newBuilder()
                      .setRecordId("019a3e00-1234-7abc-8def-0123456789ab")
                      .setAccount("acme")
                      .setStartedAt(Timestamp.newBuilder().setSeconds(946_684_801L))
                      .build()));

  @Test
  void shouldWriteColumnsAsCopyReadsThem() {
    // when
    ByteBuffer rows = new PostgresRows().write(List.of(record)).position(HEADER_BYTES);

    // then
    assertThat(rows.getShort()).isEqualTo((short) PeerColumn.values().length);
    assertThat(rows.getInt()).isEqualTo(16);
    assertThat(rows.getLong()).isEqualTo(record.idHigh());
    assertThat(rows.getLong()).isEqualTo(record.idLow());
    assertThat(rows.getInt()).isEqualTo(4);
    rows.position(rows.position() + 4);
    assertThat(rows.getInt()).isEqualTo(8);
    assertThat(rows.getLong()).as("a second after 2000").isEqualTo(1_000_000);
  }

  @Test
  void shouldGrowWithTheBatchAndEndIt() {
    // given
    PostgresRows rows = new PostgresRows();
    int one = rows.write(List.of(record)).limit() - HEADER_BYTES - 2;

    // when
    ByteBuffer many = rows.write(Collections.nCopies(20_000, record));

    // then
    assertThat(many.limit()).isEqualTo(HEADER_BYTES + 20_000 * one + 2);
    assertThat(many.getShort(many.limit() - 2)).isEqualTo((short) -1);
  }
}
