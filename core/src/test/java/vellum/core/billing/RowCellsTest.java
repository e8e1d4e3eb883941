package vellum.core.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.record.RecordKey;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.TestRecords;
import vellum.core.strip.ArchiveKey;
import vellum.core.strip.StripFixture;
import vellum.core.strip.StrippedRecord;
import vellum.v1.DetailRecord;

final class RowCellsTest {

  private static final int ROUNDS = 300;

  @TempDir Path directory;

  private static CellMap cells(byte[] row, long second) {
    CellMap map = new CellMap();
    new RowCells().read(row, 0, row.length, second).addTo(map);
    return map;
  }

  private static boolean areEqual(CellMap one, CellMap other) {
    CellMap both = new CellMap();
    both.addAll(one);
    for (int i = 0; i < other.size(); i++) {
      both.subtract(
          other.keys(), other.keyOffset(i), other.keyLength(i), other.measures(i, new Measures()));
    }
    return both.isEmpty();
  }

  @Test
  void shouldReadTheSameCellsOfARowBeforeAndAfterTheStrip() {
    StripFixture fixture = new StripFixture(directory);
    fixture.seals.zoneQuarters = 22;
    fixture.seals.supplierZoneQuarters = -14;
    Random random = new Random(7);
    for (int round = 0; round < ROUNDS; round++) {
      // given every field of the schema
      DetailRecord record = TestRecords.full(random, "text");
      SealedRecord sealed = fixture.seal(record);
      // when
      StrippedRecord stripped = fixture.strip(sealed.key(), sealed.row());
      CellMap before = cells(sealed.row(), RecordKey.millis(sealed.key(), 0) / 1000);
      CellMap after = cells(stripped.row(), ArchiveKey.second(stripped.key(), 0));
      // then
      assertThat(areEqual(before, after)).isTrue();
      SaleCell sale = SaleCell.decode(before.keys(), before.keyOffset(0), before.keyLength(0));
      assertThat(sale.account()).isEqualTo(record.getAccount());
      assertThat(sale.mccMnc()).isEqualTo(record.getSubmission().getMccMnc());
      assertThat(sale.country()).isEqualTo(record.getSubmission().getCountryOfRecipient());
      assertThat(sale.currency()).isEqualTo(record.getRating().getCurrency());
      Measures measures = before.measures(0, new Measures());
      assertThat(measures.durationMs().value())
          .isEqualTo(BigInteger.valueOf(record.getRating().getBilledDurationMs()));
      assertThat(measures.expectedCost().value())
          .isEqualTo(BigInteger.valueOf(record.getRating().getCostPriceNanos()));
    }
  }

  @Test
  void shouldMoveCellsFromAnyRowToAnyOther() {
    StripFixture fixture = new StripFixture(directory);
    Random random = new Random(8);
    List<byte[]> rows = new ArrayList<>();
    for (int round = 0; round < 30; round++) {
      DetailRecord.Builder record = TestRecords.full(random, "text").toBuilder();
      if (round % 3 == 0) {
        record.removeLegs(0);
      }
      if (round % 5 == 0) {
        record.clearLegs().clearRating();
      }
      rows.add(fixture.seal(record.build()).row());
    }
    for (byte[] from : rows) {
      for (byte[] to : rows) {
        // given
        CellMap map = cells(from, 1_000_000);
        // when
        new RowCells()
            .read(to, 0, to.length, 1_000_000)
            .replace(new RowCells().read(from, 0, from.length, 1_000_000), map);
        // then
        assertThat(areEqual(map, cells(to, 1_000_000))).isTrue();
      }
    }
  }
}
