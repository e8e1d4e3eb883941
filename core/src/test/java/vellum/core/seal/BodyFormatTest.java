package vellum.core.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.record.MonthId;
import vellum.v1.DetailRecord;

/**
 * The bodies of batches, byte for byte: what is in a journal is read for as long as it lies there.
 */
final class BodyFormatTest {

  private static final MonthId MONTH = MonthId.parse("2026-11.default");
  private static final MonthId OTHER = MonthId.parse("2026-10.default");
  private static final byte[] RECORD_KEY = HexFormat.of().parseHex("00".repeat(23) + "01");
  private static final byte[] ARCHIVE_KEY = HexFormat.of().parseHex("11".repeat(18));
  private static final byte[] STRIPPED = HexFormat.of().parseHex("0200010161000003010101");

  @TempDir Path directory;

  private static String describe(String hex) {
    byte[] body = HexFormat.of().parseHex(hex);
    EntryReader entries = new EntryReader().over(body, 0, body.length);
    List<String> read = new ArrayList<>();
    while (entries.next()) {
      String text = entries.place() + " " + entries.month();
      if (entries.isSuspended()) {
        text += " suspended " + entries.code();
      }
      if (entries.isErasing()) {
        text += " erases " + entries.parts();
        text += entries.isReleased() ? "" : " identities " + entries.identities();
      }
      if (entries.isRecycled() || entries.isReleased()) {
        Suspended origin = entries.origin();
        text +=
            (entries.isRecycled() ? " recycled " : " released ")
                + origin.sequence()
                + "-"
                + origin.place()
                + " key "
                + origin.key().length;
      }
      if (entries.hasArchiveKey()) {
        text += " archive";
      }
      if (!entries.isReleased()) {
        text += " row " + entries.rowLength();
      }
      read.add(text);
    }
    return String.join(", ", read);
  }

  private static String hex(SealedBatch batch) {
    return HexFormat.of().formatHex(batch.body(), 0, batch.length());
  }

  @Test
  void shouldReadEveryFormatThatWasEverWritten() {
    String head = "0f323032362d31312e64656661756c74" + "01" + "0007";
    String key = "00".repeat(23) + "02";
    String entry = "1d" + "00" + "00" + key + "010001";

    assertThat(describe("01" + "01" + head + entry)).isEqualTo("1 2026-11.default row 3");
    assertThat(describe("02" + "01" + head + entry + "1d" + "00" + "80" + key + "010001"))
        .isEqualTo("1 2026-11.default row 3, 1 2026-11.default row 3");
    assertThat(
            describe(
                "03" + "01" + head + "20" + "00" + "40" + "01" + "c801" + key + "010001" + entry))
        .isEqualTo("1 2026-11.default suspended 200 row 3, 2 2026-11.default row 3");
    assertThat(
            describe(
                ("04" + "01" + head)
                    + ("24" + "00" + "41" + "10" + "32" + "00".repeat(8) + key)
                    + ("20" + "00" + "40" + "18" + "ac02" + "00" + "18" + key + "3f")))
        .isEqualTo(
            "1 2026-11.default erases 50 identities 1 row 0, "
                + "2 2026-11.default erases 63 released 300-0 key 24");
  }

  @Test
  void shouldWriteMarksAsTheyAreDrawn() {
    // given
    SealFixture fixture = new SealFixture(directory);
    byte[] rated = TestRecords.rated(1, 1, 4_000_000).toByteArray();

    // when
    fixture.sealer.begin(account -> true);
    fixture.sealer.add(rated, 0, rated.length);
    fixture.sealer.recycle(new Suspended(MONTH, RECORD_KEY, 300, 2), rated, 0, rated.length);
    fixture.sealer.recycle(new Suspended(OTHER, RECORD_KEY, 301, 0), rated, 0, rated.length);
    fixture.sealer.writeOff(new Suspended(OTHER, ARCHIVE_KEY, 302, 1));
    fixture.sealer.addStripped(OTHER, ARCHIVE_KEY, STRIPPED, 0, STRIPPED.length);
    fixture.sealer.recycleStripped(
        new Suspended(OTHER, ARCHIVE_KEY, 303, 1), ARCHIVE_KEY, STRIPPED, 0, STRIPPED.length);
    fixture.sealer.erase(
        OTHER, RECORD_KEY, new PersonParts.Found(ErasedParts.RECIPIENT, new byte[16]));
    fixture.sealer.erase(new Suspended(OTHER, RECORD_KEY, 304, 0), ErasedParts.ALL);
    SealedBatch batch = fixture.sealer.finish();

    // then
    assertThat(batch.sequences()).isEqualTo(8);
    assertThat(batch.rejected()).isEmpty();
    assertThat(describe(hex(batch)))
        .isEqualTo(
            "0 2026-11.default row 30, 1 2026-11.default recycled 300-2 key 24 row 30, "
                + "2 2026-10.default released 301-0 key 24, 2 2026-11.default row 30, "
                + "3 2026-10.default released 302-1 key 18, 4 2026-10.default archive row 11, "
                + "5 2026-10.default recycled 303-1 key 18 archive row 11, "
                + "6 2026-10.default erases 2 identities 2 row 0, "
                + "7 2026-10.default erases 63 released 304-0 key 24");
    assertThat(hex(batch)).isEqualTo(GOLDEN);
  }

  private static final String GOLDEN =
      "04020f323032362d31312e64656661756c740f323032362d31302e64656661756c740038000000068779"
          + "ba36a4ed01a1de53dbbb8cde92a76354aada475401c8030106616363742d31000003010e100118012080"
          + "92f401320345555255004002ac0202180000000000000000000000000000000000000000000000010006"
          + "8779ba36a4ed01a1de53dbbb8cde92a76354aada475401c8030106616363742d31000003010e10011801"
          + "208092f40132034555521f014008ad020018000000000000000000000000000000000000000000000001"
          + "38008000068779ba36a4ed01a1de53dbbb8cde92a76354aada475401c8030106616363742d3100000301"
          + "0e10011801208092f401320345555219014008ae02011211111111111111111111111111111111111126"
          + "01400411111111111111111111111111111111111100000000000002000101610000030101013c014006"
          + "af0201121111111111111111111111111111111111111111111111111111111111111111111111110000"
          + "000000000200010161000003010101"
          + ("2c014210020000000000000000000000000000000000000000000000000000000000000000000000"
              + "0000000001")
          + "20014018b00200180000000000000000000000000000000000000000000000013f";

  @Test
  void shouldRefuseMarksThatItDoesNotKnow() {
    String head = "01" + "0f323032362d31312e64656661756c74" + "00";
    String key = "00".repeat(24);

    assertThatThrownBy(() -> describe("03" + head + "1c" + "00" + "40" + "10" + key + "01"))
        .isInstanceOf(BrokenRow.class)
        .hasMessage("entry has the marks 16 in a batch of format 3");
    assertThatThrownBy(() -> describe("02" + head + "1c" + "00" + "40" + "01" + key + "01"))
        .isInstanceOf(BrokenRow.class)
        .hasMessageContaining("in a batch of format 2");
    assertThatThrownBy(() -> describe("04" + head + "1c" + "00" + "40" + "20" + key + "01"))
        .isInstanceOf(BrokenRow.class)
        .hasMessage("entry has the marks 32 in a batch of format 4");
    assertThatThrownBy(() -> describe("04" + head + "1c" + "00" + "40" + "10" + "40" + key))
        .isInstanceOf(BrokenRow.class)
        .hasMessage("a mask of erased parts is 64, expected 0 to 63");
    assertThatThrownBy(() -> describe("04" + head + "1d" + "00" + "40" + "10" + "01" + key + "01"))
        .isInstanceOf(BrokenRow.class)
        .hasMessage("entry that erases has a row of 1 bytes");
    assertThatThrownBy(() -> describe("05" + head))
        .isInstanceOf(BrokenRow.class)
        .hasMessage("batch has the format 5, this version reads 1 to 4");
  }

  @Test
  void shouldLeaveARowInSuspenseWhenItsRecordIsRefused() {
    // given
    SealFixture fixture = new SealFixture(directory);
    byte[] bad = DetailRecord.newBuilder().setAccount("acct-1").build().toByteArray();

    // when
    fixture.sealer.begin(account -> true);
    fixture.sealer.recycle(new Suspended(MONTH, RECORD_KEY, 300, 2), bad, 0, bad.length);
    SealedBatch batch = fixture.sealer.finish();

    // then
    assertThat(batch.rejected()).hasSize(1);
    assertThat(describe(hex(batch))).isEmpty();
  }
}
