package vellum.core.strip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.record.AccountId;
import vellum.core.record.Bytes;
import vellum.core.record.RecordKey;
import vellum.core.seal.BrokenRow;
import vellum.core.seal.RowReader;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.TestRecords;
import vellum.v1.CallDetails;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.EmailDetails;
import vellum.v1.IdentifierKind;
import vellum.v1.Leg;
import vellum.v1.MessageResult;
import vellum.v1.Submission;

final class RowStripperTest {

  private static final long SEED = 365;
  private static final String CANARY = "zcanaryz";

  private static final String GOLDEN =
      "02" // format
          + "00"
          + "01" // SMS
          + "06"
          + "616363742d31" // acct-1
          + "4445" // DE
          + "02"
          + "05"
          + "1a" // delivery, version 5, 26 bytes
          + "1004" // status_group DELIVERED
          + "1a14"
          + "44454c4956455245445f544f5f48414e44534554" // status
          + "4f08" // done_at: 4 s after
          + "03"
          + "02"
          + "0b" // rating, version 2, 11 bytes
          + "1001" // units
          + "1801" // unit_type SEGMENT
          + "2007" // sale_price_nanos
          + "3203"
          + "455552"; // EUR

  private static final String GOLDEN_ZONES =
      "02" // format
          + "80e002" // Kolkata: zigzag(22) << 10
          + "01" // SMS
          + "06"
          + "616363742d31" // acct-1
          + "0000"
          + "04"
          + "01"
          + "02"
          + "0d" // leg 1, version 2, 13 bytes
          + "191b" // supplier's zone, St John's: zigzag(-14)
          + "1a09"
          + "636172726965722d61"; // carrier-a

  @TempDir Path directory;
  private StripFixture fixture;

  @BeforeEach
  void open() {
    fixture = new StripFixture(directory, Set.of("+491111111111"));
  }

  @Test
  void shouldKeepFormatTwoAsItIs() {
    DetailRecord record =
        TestRecords.delivered(1, 5).toBuilder()
            .setCountryOfLaw("DE")
            .setRating(TestRecords.rated(1, 2, 7).getRating())
            .build();

    StrippedRecord stripped = fixture.strip(record);

    assertThat(HexFormat.of().formatHex(stripped.row())).isEqualTo(GOLDEN);
  }

  @Test
  void shouldKeepOffsetsOfZones() {
    fixture.seals.zoneQuarters = 22;
    fixture.seals.supplierZoneQuarters = -14;
    DetailRecord record =
        TestRecords.header(1, TestRecords.STARTED)
            .addLegs(Leg.newBuilder().setVersion(2).setNumber(1).setSupplier("carrier-a"))
            .build();

    StrippedRecord stripped = fixture.strip(record);

    assertThat(HexFormat.of().formatHex(stripped.row())).isEqualTo(GOLDEN_ZONES);
    assertThat(StripFixture.open(stripped).getLegsList()).isEqualTo(record.getLegsList());
    RowReader row = stripped.reader();
    assertThat(row.zoneQuarters()).isEqualTo(22);
    assertThat(row.next()).isTrue();
    assertThat(row.legZoneQuarters()).isEqualTo(-14);
  }

  @Test
  void shouldLeaveNothingThatSaysWhoItWas() {
    Random random = new Random(SEED);
    for (int i = 0; i < 500; i++) {
      // given
      DetailRecord record = TestRecords.full(random, CANARY);
      if (random.nextBoolean()) {
        record = record.toBuilder().setAccount("no-personal-data").build();
      }
      // when
      StrippedRecord stripped = fixture.strip(record);
      // then
      DetailRecord left = StripFixture.open(stripped);
      assertThat(left.getSubmission().hasRecipient()).as("seed %d", SEED).isFalse();
      assertAllowed(left, record);
      assertThat(left.getRating().toBuilder().clearRatedAt().build())
          .isEqualTo(record.getRating().toBuilder().clearRatedAt().build());
    }
  }

  /** Every value that is left is the clear record's and its rule lets it through. */
  private static void assertAllowed(Message left, Message whole) {
    left.getAllFields()
        .forEach(
            (field, value) -> {
              String name = field.getContainingType().getName() + "." + field.getName();
              StripRule rule = StripProfile.DEFAULT.rule(name);
              assertThat(rule).as(name).isNotEqualTo(StripRule.DROP);
              if (value instanceof Timestamp time) {
                assertThat(time.getNanos()).as(name).isZero();
                assertThat(time.getSeconds())
                    .isEqualTo(((Timestamp) whole.getField(field)).getSeconds());
              } else if (field.isRepeated()) {
                List<?> values = (List<?>) value;
                for (int i = 0; i < values.size(); i++) {
                  assertAllowed(
                      (Message) values.get(i), (Message) whole.getRepeatedField(field, i));
                }
              } else if (value instanceof Message message) {
                assertAllowed(message, (Message) whole.getField(field));
              } else if (rule == StripRule.KEEP || value instanceof String) {
                assertThat(value).as(name).isEqualTo(whole.getField(field));
              } else {
                assertCoarse(rule, ((Number) value).longValue(), whole.getField(field));
              }
            });
  }

  private static void assertCoarse(StripRule rule, long left, Object whole) {
    int step = rule == StripRule.KIBIBYTES ? 1024 : 1000;
    assertThat(left % step).isZero();
    assertThat(Math.abs(left - ((Number) whole).longValue())).isLessThan(step);
  }

  @Test
  void shouldKeepBusinessSendersAndDropPeople() {
    // given
    DetailRecord record =
        TestRecords.header(1, TestRecords.STARTED)
            .setSubmission(
                Submission.newBuilder()
                    .setVersion(1)
                    .setSender(TestRecords.party(IdentifierKind.ALPHANUMERIC, "ACME"))
                    .setRecipient(TestRecords.party(IdentifierKind.E164, TestRecords.NUMBER))
                    .setOriginalSender(TestRecords.party(IdentifierKind.SHORT_CODE, "40404"))
                    .setForwardedFrom(TestRecords.party(IdentifierKind.E164, "+491111111111"))
                    .setReceivedAt(TestRecords.timestamp(TestRecords.STARTED.minusMillis(600))))
            .build();
    // when
    Submission left = StripFixture.open(fixture.strip(record)).getSubmission();
    // then
    assertThat(left.getSender()).isEqualTo(record.getSubmission().getSender());
    assertThat(left.getOriginalSender()).isEqualTo(record.getSubmission().getOriginalSender());
    assertThat(left.getForwardedFrom()).isEqualTo(record.getSubmission().getForwardedFrom());
    assertThat(left.hasRecipient()).isFalse();
    assertThat(left.getReceivedAt().getSeconds())
        .isEqualTo(TestRecords.STARTED.getEpochSecond() - 1);
  }

  @Test
  void shouldKeepKnownWordsOnly() {
    DetailRecord.Builder mail =
        TestRecords.header(2, TestRecords.STARTED).setChannel(Channel.EMAIL);
    assertThat(domainLeft(mail, "GMail.com")).isEqualTo("gmail.com");
    assertThat(domainLeft(mail, "smith-family.example")).isEmpty();
    assertThat(domainLeft(mail, "xgmail.com")).isEmpty();

    assertThat(dlrStateLeft("DELIVRD")).isEqualTo("DELIVRD");
    assertThat(dlrStateLeft("TO-J-SMITH")).isEmpty();
    assertThat(numberRangeLeft("mobile")).isEqualTo("mobile");
    assertThat(numberRangeLeft("4917012")).isEmpty();
  }

  private String domainLeft(DetailRecord.Builder mail, String domain) {
    DetailRecord record =
        mail.setSubmission(
                Submission.newBuilder()
                    .setVersion(1)
                    .setEmail(EmailDetails.newBuilder().setRecipientDomain(domain).setBytes(1025)))
            .build();
    EmailDetails left = StripFixture.open(fixture.strip(record)).getSubmission().getEmail();
    assertThat(left.getBytes()).isEqualTo(2048);
    return left.getRecipientDomain();
  }

  private String dlrStateLeft(String state) {
    DetailRecord.Builder record = TestRecords.delivered(3, 1).toBuilder();
    record.getDeliveryBuilder().setMessage(MessageResult.newBuilder().setDlrState(state));
    return StripFixture.open(fixture.strip(record.build()))
        .getDelivery()
        .getMessage()
        .getDlrState();
  }

  private String numberRangeLeft(String range) {
    DetailRecord.Builder record = TestRecords.sms(3).toBuilder();
    record.getSubmissionBuilder().setNumberRange(range);
    return StripFixture.open(fixture.strip(record.build())).getSubmission().getNumberRange();
  }

  @Test
  void shouldDropMessagesInWhichNothingIsLeft() {
    DetailRecord record =
        TestRecords.header(4, TestRecords.STARTED)
            .setSubmission(
                Submission.newBuilder()
                    .setVersion(3)
                    .setCall(CallDetails.newBuilder().setCallId("call-1")))
            .build();

    DetailRecord left = StripFixture.open(fixture.strip(record));

    assertThat(left.getSubmission()).isEqualTo(Submission.newBuilder().setVersion(3).build());
  }

  @Test
  void shouldFindARecordByItsIdOnly() {
    // given
    DetailRecord record = TestRecords.sms(5);
    UUID id = UUID.fromString(record.getRecordId());
    // when
    StrippedRecord stripped = fixture.strip(record);
    // then
    AccountId account = AccountId.of("acct-1");
    assertThat(stripped.key()).isEqualTo(ArchiveKey.of(account, id, fixture.mac));
    assertThat(ArchiveKey.of(AccountId.of("acct-2"), id, fixture.mac)).isNotEqualTo(stripped.key());
    assertThat(StripFixture.open(stripped).getRecordId()).isEmpty();
    assertThat(new StrippedOpener().open(stripped, id).getRecordId()).isEqualTo(id.toString());
    String row = new String(stripped.row(), StandardCharsets.ISO_8859_1);
    byte[] random = RecordKey.of(account, id);
    assertThat(row + new String(stripped.key(), StandardCharsets.ISO_8859_1))
        .doesNotContain(new String(random, 16, 8, StandardCharsets.ISO_8859_1));
  }

  @Test
  void shouldStripEqualMessagesToEqualBytes() {
    // given two messages of one content, sealed apart, as at a retry
    Random random = new Random(SEED);
    DetailRecord record = TestRecords.full(random, CANARY);
    // when
    StrippedRecord first = fixture.strip(record);
    StrippedRecord second = fixture.strip(DetailRecord.newBuilder(record).build());
    // then
    assertThat(second.row()).isEqualTo(first.row());
    assertThat(second.key()).isEqualTo(first.key());
  }

  @Test
  void shouldAscendDownToTheSecondAsRecordKeysDo() {
    // given
    Random random = new Random(SEED);
    byte[][] keys = new byte[2000][];
    for (int i = 0; i < keys.length; i++) {
      long millis = TestRecords.STARTED.toEpochMilli() + random.nextInt(10_000_000);
      byte[] key = new byte[RecordKey.BYTES];
      RecordKey.write(
          key, 0, random.nextInt(5) << 29, millis << 16 | 0x7000 | random.nextInt(4096), i);
      keys[i] = key;
    }
    Arrays.sort(keys, Arrays::compareUnsigned);
    byte[] row = fixture.seal(TestRecords.delivered(1, 1)).row();
    byte[] before = new byte[ArchiveKey.MAC_OFFSET];
    for (byte[] key : keys) {
      // when
      byte[] now = Arrays.copyOf(fixture.strip(key, row).key(), ArchiveKey.MAC_OFFSET);
      // then
      assertThat(Arrays.compareUnsigned(before, now)).as("seed %d", SEED).isNotPositive();
      assertThat(ArchiveKey.second(fixture.stripper.key(), 0))
          .isEqualTo((Bytes.getLong(key, RecordKey.ID_OFFSET) >>> 16) / 1000);
      before = now;
    }
  }

  @Test
  void shouldRefuseWhatIsNoSealedRow() {
    SealedRecord sealed = fixture.seal(TestRecords.sms(6));
    StrippedRecord stripped = fixture.strip(sealed);
    assertThatThrownBy(() -> fixture.strip(sealed.key(), stripped.row()))
        .isInstanceOf(BrokenRow.class)
        .hasMessageContaining("stripped already");
    int header = sealed.reader().aspectsOffset();
    for (int length = 0; length < sealed.row().length; length++) {
      byte[] cut = Arrays.copyOf(sealed.row(), length);
      if (length != header) {
        assertThatThrownBy(() -> fixture.strip(sealed.key(), cut)).isInstanceOf(BrokenRow.class);
      }
    }
  }

  @Test
  void shouldKnowEveryFieldOfTheRow() {
    FieldDescriptor unknown = Submission.getDescriptor().findFieldByNumber(9);
    assertThat(unknown).isNull();
    byte[] row = {1, 0, 1, 1, 'a', 0, 0, 1, 1, 2, 9 << 3, 1};
    byte[] key = fixture.seal(TestRecords.sms(7)).key();
    assertThatThrownBy(() -> fixture.strip(key, row))
        .isInstanceOf(BrokenRow.class)
        .hasMessageContaining("field 9");
  }
}
