package vellum.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.v1.DetailRecord;

/** Golden bytes of formats that are on disks: a change of them is a new format. */
final class RowFormatTest {

  private static final String ROW =
      "01" // format
          + "c803" // 456 microseconds
          + "01" // SMS
          + "06"
          + "616363742d31" // acct-1
          + "4445" // DE
          + "02"
          + "05"
          + "1d" // delivery, version 5, 29 bytes
          + "1004" // status_group DELIVERED
          + "1a14"
          + "44454c4956455245445f544f5f48414e44534554" // status
          + "4f80a4e803" // done_at: +4 s
          + "03"
          + "02"
          + "0b" // rating, version 2, 11 bytes
          + "1001" // units
          + "1801" // unit_type SEGMENT
          + "2007" // sale_price_nanos
          + "3203"
          + "455552"; // EUR

  @TempDir Path directory;

  @Test
  void shouldKeepFormatOneAsItIs() {
    DetailRecord record =
        TestRecords.delivered(1, 5).toBuilder()
            .setCountryOfLaw("DE")
            .setRating(TestRecords.rated(1, 2, 7).getRating())
            .build();

    SealedRecord sealed = SealFixture.records(new SealFixture(directory).seal(record)).get(0);

    assertThat(HexFormat.of().formatHex(sealed.row())).isEqualTo(ROW);
    assertThat(HexFormat.of().formatHex(sealed.key())).startsWith(bucket() + "ba36a4ed");
    assertThat(new RecordOpener().open(sealed, Identities.ABSENT, null)).isEqualTo(record);
  }

  /** Milliseconds of the id, shifted by 22 bits. */
  private static String bucket() {
    return HexFormat.of().toHexDigits((int) (TestRecords.STARTED.toEpochMilli() >>> 22));
  }
}
