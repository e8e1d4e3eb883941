package vellum.core.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.Output;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.Party;
import vellum.v1.Submission;

/** What an erasure takes out of a row, what it leaves, and whose parts it finds. */
final class RowEraserTest {

  private static final String PERSON = "+491701234567";
  private static final String OTHER = "+4915112345678";

  @TempDir Path directory;

  private static Identifier id(IdentifierKind kind, String value) {
    return Identifier.newBuilder().setKind(kind).setValue(value).build();
  }

  private static DetailRecord record() {
    Submission submission =
        Submission.newBuilder()
            .setVersion(3)
            .setSender(TestRecords.party(IdentifierKind.E164, OTHER))
            .setRecipient(
                Party.newBuilder()
                    .addIdentifiers(id(IdentifierKind.SIP_URI, "sip:" + PERSON + "@pbx.example"))
                    .addIdentifiers(id(IdentifierKind.IMSI, "262011234567890"))
                    .addIdentifiers(id(IdentifierKind.E164, "+498001234567")))
            .setCallerName("A. Person")
            .setCountryOfRecipient("DE")
            .setCallbackData("says who")
            .setClientRef("ref")
            .build();
    return TestRecords.rated(1, 1, 7).toBuilder().setSubmission(submission).build();
  }

  private static SealedRecord erase(SealedRecord record, int parts) {
    Output out = new Output(16);
    new RowEraser().erase(record.row(), 0, record.row().length, parts, out);
    return new SealedRecord(record.month(), record.key(), Arrays.copyOf(out.bytes(), out.size()));
  }

  private static CanonicalIdentity person(String number) {
    byte[] value = number.getBytes(StandardCharsets.UTF_8);
    return new CanonicalIdentity().read(IdentifierKind.E164_VALUE, value, 0, value.length);
  }

  @Test
  void shouldEraseOnePartyWithAllTexts() {
    // given
    SealFixture fixture = new SealFixture(directory, Set.of("+498001234567"));
    SealedRecord sealed = SealFixture.records(fixture.seal(record())).get(0);
    MonthCipher cipher = fixture.keys.existing(sealed.month()).orElseThrow().newCipher();

    // when
    PersonParts.Found found = PersonParts.of(person(PERSON), cipher).in(sealed, true);
    SealedRecord erased = erase(sealed, found.parts());

    // then
    assertThat(found.parts())
        .isEqualTo(ErasedParts.RECIPIENT | ErasedParts.CALLER_NAME | ErasedParts.FREE_TEXT);
    assertThat(found.hints()).hasSize(16);
    Submission.Builder left = record().getSubmission().toBuilder();
    left.clearCallerName().clearCallbackData().clearClientRef();
    left.setRecipient(TestRecords.party(IdentifierKind.E164, "+498001234567"));
    assertThat(fixture.open(erased, Identities.CLEAR))
        .isEqualTo(record().toBuilder().setSubmission(left).build());
    assertThat(erased.reader().erased()).isEqualTo(found.parts());
    assertThat(PersonParts.of(person(PERSON), cipher).in(erased, false).isNothing()).isTrue();
    assertThat(PersonParts.of(person(OTHER), cipher).in(erased, false).parts())
        .isEqualTo(ErasedParts.SENDER | ErasedParts.CALLER_NAME | ErasedParts.FREE_TEXT);
  }

  @Test
  void shouldKeepThePseudonymOfOneWhoIsThereInAnotherRoleToo() {
    // given
    SealFixture fixture = new SealFixture(directory);
    DetailRecord forwarded =
        record().toBuilder()
            .setSubmission(
                record().getSubmission().toBuilder()
                    .setForwardedFrom(TestRecords.party(IdentifierKind.IMSI, "262011234567890")))
            .build();
    SealedRecord sealed = SealFixture.records(fixture.seal(forwarded)).get(0);
    MonthCipher cipher = fixture.keys.existing(sealed.month()).orElseThrow().newCipher();

    // when
    PersonParts.Found found = PersonParts.of(person(PERSON), cipher).in(sealed, true);
    PersonParts.Found nobody = PersonParts.of(person("+4930123456"), cipher).in(sealed, false);
    PersonParts.Found stale = PersonParts.of(person("+4930123456"), cipher).in(sealed, true);
    PersonParts.Found everybody = PersonParts.everybody(cipher).in(sealed, false);

    // then
    assertThat(found.hints()).hasSize(2 * 8);
    assertThat(nobody.isNothing()).isTrue();
    assertThat(stale.parts()).isEqualTo(ErasedParts.NONE);
    assertThat(stale.hints()).hasSize(8);
    assertThat(everybody.parts()).isEqualTo(ErasedParts.ALL);
    assertThat(everybody.hints()).hasSize(4 * 8);
  }

  @Test
  void shouldLeaveNothingSealedWhenAllIsErased() {
    SealFixture fixture = new SealFixture(directory);
    for (int seed = 0; seed < 50; seed++) {
      // given
      DetailRecord full = TestRecords.full(new Random(seed), "q7q").toBuilder().build();
      SealedRecord sealed = SealFixture.records(fixture.seal(full)).get(0);

      // when
      SealedRecord erased = erase(sealed, ErasedParts.ALL);

      // then: what a reader sees who may see nothing, less identifiers that say their kind only
      DetailRecord left = fixture.open(erased, Identities.CLEAR);
      DetailRecord.Builder absent =
          new RecordOpener().open(sealed, Identities.ABSENT, null).toBuilder();
      absent
          .getSubmissionBuilder()
          .clearSender()
          .clearRecipient()
          .clearOriginalSender()
          .clearForwardedFrom();
      assertThat(left).isEqualTo(absent.build());
      assertThat(erase(erased, ErasedParts.ALL).row()).isEqualTo(erased.row());
      assertThat(erase(erase(sealed, ErasedParts.SENDER), ErasedParts.ALL).row())
          .isEqualTo(erased.row());
    }
  }

  /** Golden bytes: a change of them is a new format. */
  @Test
  void shouldKeepFormatThreeAsItIs() {
    String header = "c803" + "01" + "06" + "616363742d31" + "4445";
    String name = "76" + "03" + "051111"; // name of the caller, sealed
    String country = "a201" + "02" + "4445"; // of the recipient
    String rating = "03" + "02" + "02" + "1001";
    String row =
        ("01" + header)
            + ("01" + "03" + "1e") // submission, version 3, 30 bytes
            + ("52" + "0c" + "0a0a" + "0801" + "16" + "06" + "00" + "abababcdcd") // sender
            + name
            + country
            + ("c602" + "03" + "051111") // callback data, sealed
            + rating;
    byte[] sealed = HexFormat.of().parseHex(row);
    Output out = new Output(16);

    new RowEraser()
        .erase(sealed, 0, sealed.length, ErasedParts.SENDER | ErasedParts.FREE_TEXT, out);

    assertThat(HexFormat.of().formatHex(out.bytes(), 0, out.size()))
        .isEqualTo(("03" + "21" + header) + ("01" + "03" + "0a" + name + country) + rating);
  }

  @Test
  void shouldRefuseWhatIsNewerOrStripped() {
    byte[] newer = HexFormat.of().parseHex("04" + "c803010161" + "0000");
    byte[] unknown = HexFormat.of().parseHex("03" + "40" + "c803010161" + "0000");
    byte[] stripped = HexFormat.of().parseHex("02" + "00010161" + "0000");

    assertThatThrownBy(() -> new RowReader().over(newer, 0, newer.length))
        .isInstanceOf(BrokenRow.class)
        .hasMessage("row has the format 4, expected 1 to 3");
    assertThatThrownBy(() -> new RowReader().over(unknown, 0, unknown.length))
        .isInstanceOf(BrokenRow.class)
        .hasMessage("a mask of erased parts is 64, expected 0 to 63");
    assertThatThrownBy(() -> new RowEraser().erase(stripped, 0, stripped.length, 1, new Output(16)))
        .isInstanceOf(BrokenRow.class)
        .hasMessage("row is stripped and has nothing to be erased");
  }
}
