package vellum.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vellum.v1.Delivery;
import vellum.v1.DetailRecord;
import vellum.v1.IdentifierKind;
import vellum.v1.Leg;
import vellum.v1.OptionsProto;
import vellum.v1.Party;
import vellum.v1.Privacy;
import vellum.v1.Rating;
import vellum.v1.RejectionCode;
import vellum.v1.Submission;

final class BatchSealerTest {

  private static final String CANARY = "canary";

  @TempDir Path directory;
  private SealFixture fixture;

  @BeforeEach
  void open() {
    fixture = new SealFixture(directory);
  }

  @Test
  void shouldGiveBackEveryFieldOfARecord() {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      DetailRecord clear = TestRecords.full(random, CANARY);

      SealedBatch batch = fixture.seal(clear);

      assertThat(batch.rejected()).as("seed %d, record %d", seed, i).isEmpty();
      SealedRecord sealed = SealFixture.records(batch).get(0);
      assertThat(fixture.openWhole(batch, sealed)).isEqualTo(clear);
    }
  }

  @Test
  void shouldLeaveNoPrivateValueInTheClearPart() {
    Random random = new Random(11);
    for (int i = 0; i < 100; i++) {
      DetailRecord clear = TestRecords.full(random, CANARY);
      List<String> secrets = new ArrayList<>();
      collect(clear, secrets);

      byte[] body = fixture.seal(clear).body();

      String bytes = new String(body, StandardCharsets.ISO_8859_1);
      assertThat(secrets).hasSizeGreaterThan(10);
      assertThat(secrets).noneMatch(bytes::contains);
    }
  }

  private static void collect(Message message, List<String> secrets) {
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                List<?> all = field.isRepeated() ? (List<?>) value : List.of(value);
                all.forEach(one -> collect((Message) one, secrets));
              } else if (isPrivate(field)) {
                secrets.add(value.toString().replace("+", "").replaceFirst("^sip:", ""));
              }
            });
  }

  private static boolean isPrivate(FieldDescriptor field) {
    Privacy privacy = field.getOptions().getExtension(OptionsProto.privacy);
    return privacy == Privacy.IDENTITY
        || privacy == Privacy.FREE_TEXT
        || privacy == Privacy.CONTENT;
  }

  @Test
  void shouldShowNoPrivateFieldAtAllWithoutAKey() {
    DetailRecord clear = TestRecords.full(new Random(3), CANARY);
    SealedRecord sealed = SealFixture.records(fixture.seal(clear)).get(0);

    DetailRecord open = new RecordOpener().open(sealed, Identities.ABSENT, null);

    List<String> secrets = new ArrayList<>();
    collect(open, secrets);
    assertThat(secrets).isEmpty();
    assertThat(open.getRating()).isEqualTo(clear.getRating());
  }

  @Test
  void shouldMaskIdentities() {
    SealedRecord sealed = SealFixture.records(fixture.seal(TestRecords.sms(1))).get(0);

    Submission masked = fixture.open(sealed, Identities.MASKED).getSubmission();

    assertThat(masked.getRecipient().getIdentifiers(0).getValue()).isEqualTo("+49170*****67");
    assertThat(masked.getSender().getIdentifiers(0).getValue()).isEqualTo("ACME");
  }

  @Test
  void shouldMakeRecordsOfOneNumberLookDifferent() {
    SealedBatch batch = fixture.seal(TestRecords.sms(1), TestRecords.sms(2));

    List<SealedRecord> records = SealFixture.records(batch);

    assertThat(longestCommonRun(tail(records.get(0)), tail(records.get(1)))).isLessThan(8);
  }

  /** The sealed number: the last 32 bytes of the recipient. */
  private static byte[] tail(SealedRecord record) {
    RowReader row = record.reader();
    row.next();
    byte[] fields = new byte[row.fieldsLength()];
    System.arraycopy(row.bytes(), row.fieldsOffset(), fields, 0, fields.length);
    int at = new String(fields, StandardCharsets.ISO_8859_1).indexOf("ACME") + 4;
    byte[] sealed = new byte[32];
    System.arraycopy(fields, at + 9, sealed, 0, sealed.length);
    return sealed;
  }

  private static int longestCommonRun(byte[] a, byte[] b) {
    int longest = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        int run = 0;
        while (i + run < a.length && j + run < b.length && a[i + run] == b[j + run]) {
          run++;
        }
        longest = Math.max(longest, run);
      }
    }
    return longest;
  }

  @Test
  void shouldSealARetryToTheSameRow() {
    List<SealedRecord> first = SealFixture.records(fixture.seal(TestRecords.sms(1)));
    List<SealedRecord> second = SealFixture.records(fixture.seal(TestRecords.sms(1)));

    assertThat(second.get(0).row()).isEqualTo(first.get(0).row());
  }

  @Test
  void shouldBringFieldsInAnyOrderIntoOneForm() {
    DetailRecord whole = TestRecords.full(new Random(5), CANARY);
    DetailRecord head = whole.toBuilder().clearSubmission().clearLegs().build();
    DetailRecord back =
        DetailRecord.newBuilder()
            .addLegs(whole.getLegs(1))
            .addLegs(whole.getLegs(0))
            .setSubmission(whole.getSubmission())
            .build();
    byte[] bytes = concat(back.toByteArray(), head.toByteArray());

    fixture.sealer.begin(account -> true);
    fixture.sealer.add(bytes, 0, bytes.length);
    SealedBatch shuffled = fixture.sealer.finish();

    assertThat(shuffled.rejected()).isEmpty();
    assertThat(SealFixture.records(shuffled).get(0).row())
        .isEqualTo(SealFixture.records(fixture.seal(whole)).get(0).row());
  }

  @Test
  void shouldKeepBusinessSendersInClear() {
    SealFixture known = new SealFixture(directory, Set.of("+4930555000"));
    DetailRecord record =
        TestRecords.header(1, TestRecords.STARTED)
            .setSubmission(
                Submission.newBuilder()
                    .setVersion(1)
                    .setSender(TestRecords.party(IdentifierKind.E164, "4930555000"))
                    .setRecipient(TestRecords.party(IdentifierKind.E164, "+4930555001")))
            .build();

    SealedBatch batch = known.seal(record);

    String bytes = new String(batch.body(), StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains("+4930555000").doesNotContain("4930555001");
  }

  @Test
  void shouldSealAnAlphanumericNameWhereNoSenderStands() {
    DetailRecord record =
        TestRecords.header(1, TestRecords.STARTED)
            .setSubmission(
                Submission.newBuilder()
                    .setVersion(1)
                    .setSender(TestRecords.party(IdentifierKind.ALPHANUMERIC, "ACME"))
                    .setRecipient(TestRecords.party(IdentifierKind.ALPHANUMERIC, "JaneDoe")))
            .build();

    String bytes = new String(fixture.seal(record).body(), StandardCharsets.ISO_8859_1);

    assertThat(bytes).contains("ACME").doesNotContain("JaneDoe");
  }

  @Test
  void shouldKeepFreeTextInClearWhenTheAccountDeclaresItFreeOfPersonalData() {
    DetailRecord record =
        TestRecords.sms(1).toBuilder()
            .setAccount("no-personal-data")
            .setSubmission(
                TestRecords.sms(1).getSubmission().toBuilder().setClientRef("order 4711"))
            .build();

    String bytes = new String(fixture.seal(record).body(), StandardCharsets.ISO_8859_1);

    assertThat(bytes).contains("order 4711");
  }

  static Stream<Arguments> badRecords() {
    return Stream.of(
        bad(RejectionCode.MISSING_ID, record -> record.clearRecordId()),
        bad(RejectionCode.BAD_ID, record -> record.setRecordId("4711")),
        bad(
            RejectionCode.BAD_ID,
            record -> record.setRecordId("019a8000-0000-4000-8000-000000000000")),
        bad(RejectionCode.MISSING_TIME, record -> record.clearStartedAt()),
        bad(
            RejectionCode.BAD_TIME,
            record -> record.setStartedAt(record.getStartedAt().toBuilder().setNanos(-1))),
        bad(
            RejectionCode.ID_TIME_MISMATCH,
            record -> record.setStartedAt(TestRecords.timestamp(Instant.EPOCH))),
        bad(
            RejectionCode.TIME_IN_FUTURE,
            record -> at(record, SealFixture.NOW.plus(Duration.ofHours(24)).plusMillis(1))),
        bad(
            RejectionCode.TIME_TOO_OLD,
            record -> at(record, Instant.parse("2015-12-31T23:59:59Z"))),
        bad(
            RejectionCode.TIME_TOO_OLD,
            record -> at(record, Instant.parse("1999-12-31T23:59:59Z"))),
        bad(RejectionCode.MISSING_ACCOUNT, record -> record.clearAccount()),
        bad(RejectionCode.MISSING_CHANNEL, record -> record.clearChannel()),
        bad(RejectionCode.UNKNOWN_VALUE, record -> record.setChannelValue(99)),
        bad(RejectionCode.UNKNOWN_VALUE, record -> record.setDirectionValue(99)),
        bad(RejectionCode.NO_ASPECT, record -> record.clearSubmission()),
        bad(
            RejectionCode.MISSING_VERSION,
            record -> record.setSubmission(record.getSubmission().toBuilder().clearVersion())),
        bad(RejectionCode.BAD_COUNTRY, record -> record.setCountryOfLaw("de")),
        bad(
            RejectionCode.IDENTITY_IN_CLEAR_FIELD,
            record -> record.setAccount("jane.doe@example.org")),
        bad(
            RejectionCode.IDENTITY_IN_CLEAR_FIELD,
            record -> submission(record, s -> s.setCampaign("call +49 170 1234567"))),
        bad(RejectionCode.BAD_TEXT, record -> submission(record, s -> s.setCampaign("a\nb"))),
        bad(
            RejectionCode.TEXT_TOO_LONG,
            record -> submission(record, s -> s.setCampaign("x".repeat(65)))),
        bad(
            RejectionCode.TEXT_TOO_LONG,
            record -> submission(record, s -> s.setClientRef("x".repeat(1001)))),
        bad(RejectionCode.BAD_MCC_MNC, record -> submission(record, s -> s.setMccMnc("2620"))),
        bad(
            RejectionCode.BAD_E164,
            record ->
                submission(
                    record, s -> s.setRecipient(TestRecords.party(IdentifierKind.E164, "+49x")))),
        bad(RejectionCode.TOO_MANY, record -> submission(record, s -> s.setRecipient(party(7)))),
        bad(
            RejectionCode.NEGATIVE_VALUE,
            record -> record.setRating(Rating.newBuilder().setVersion(1).setUnits(-1))),
        bad(
            RejectionCode.NEGATIVE_VALUE,
            record ->
                record.setDelivery(
                    Delivery.newBuilder()
                        .setVersion(1)
                        .setCall(vellum.v1.CallResult.newBuilder().setDurationMs(-5)))),
        bad(
            RejectionCode.UNKNOWN_CURRENCY,
            record ->
                record.setRating(
                    Rating.newBuilder().setVersion(1).setSalePriceNanos(5).setCurrency("EUX"))),
        bad(
            RejectionCode.MISSING_CURRENCY,
            record -> record.setRating(Rating.newBuilder().setVersion(1).setSalePriceNanos(5))),
        bad(
            RejectionCode.BAD_PERIOD,
            record ->
                record.setRating(Rating.newBuilder().setVersion(1).setBillingPeriod("2026-13"))),
        bad(RejectionCode.BAD_LEG, record -> record.addLegs(Leg.newBuilder().setVersion(1))),
        bad(
            RejectionCode.BAD_LEG,
            record ->
                record
                    .addLegs(Leg.newBuilder().setVersion(1).setNumber(2))
                    .addLegs(Leg.newBuilder().setVersion(2).setNumber(2))),
        bad(
            RejectionCode.UNKNOWN_FIELD,
            record ->
                record.setUnknownFields(
                    UnknownFieldSet.newBuilder()
                        .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build())),
        bad(
            RejectionCode.UNKNOWN_FIELD,
            record ->
                submission(
                    record,
                    s ->
                        s.setUnknownFields(
                            UnknownFieldSet.newBuilder()
                                .addField(
                                    99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                                .build()))));
  }

  private static Party party(int identifiers) {
    Party.Builder party = Party.newBuilder();
    for (int i = 0; i < identifiers; i++) {
      party.addIdentifiers(
          TestRecords.party(IdentifierKind.E164, "+49170000000" + i).getIdentifiers(0));
    }
    return party.build();
  }

  private static void at(DetailRecord.Builder record, Instant startedAt) {
    DetailRecord header = TestRecords.header(1, startedAt).build();
    record.setRecordId(header.getRecordId()).setStartedAt(header.getStartedAt());
  }

  private static void submission(DetailRecord.Builder record, Consumer<Submission.Builder> change) {
    change.accept(record.getSubmissionBuilder());
  }

  private static Arguments bad(RejectionCode code, Consumer<DetailRecord.Builder> change) {
    return Arguments.of(code, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badRecords")
  void shouldRejectByNamedCode(RejectionCode code, Consumer<DetailRecord.Builder> change) {
    DetailRecord.Builder record = TestRecords.sms(1).toBuilder();
    change.accept(record);

    SealedBatch batch = fixture.seal(TestRecords.sms(2), record.build(), TestRecords.sms(3));

    assertThat(batch.sequences()).isEqualTo(3);
    assertThat(SealFixture.records(batch)).hasSize(2);
    assertThat(batch.rejected())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.offset()).isEqualTo(1);
              assertThat(RejectionCode.forNumber(rejected.code())).isEqualTo(code);
              assertThat(rejected.reason())
                  .isNotBlank()
                  .doesNotContain("170")
                  .doesNotContain("jane");
            });
  }

  @Test
  void shouldRejectGarbageWhateverItIs() {
    long seed = 23;
    Random random = new Random(seed);
    byte[] good = TestRecords.full(random, CANARY).toByteArray();
    fixture.sealer.begin(account -> true);
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      byte[] bad = good.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(bad.length) : bad.length;
      fixture.sealer.add(bad, 0, length);
    }

    SealedBatch batch = fixture.sealer.finish();

    int taken = SealFixture.records(batch).size();
    assertThat(taken + batch.rejected().size()).isEqualTo(count);
    assertThat(batch.rejected()).hasSizeGreaterThan(count / 4);
    SealFixture.records(batch).forEach(record -> fixture.open(record, Identities.CLEAR));
  }

  @Test
  void shouldTakeAndCountRecordsOfAccountsThatAreNotRegistered() {
    SealedBatch batch =
        fixture.seal(
            TestRecords.sms(1), TestRecords.sms(2).toBuilder().setAccount("unknown").build());

    assertThat(SealFixture.records(batch)).hasSize(2);
    assertThat(batch.unregistered()).isEqualTo(1);
  }

  @Test
  void shouldRejectAccountsThatTheTokenDoesNotAllow() {
    fixture.sealer.begin(account -> account.equals("acct-2"));
    byte[] bytes = TestRecords.sms(1).toByteArray();
    fixture.sealer.add(bytes, 0, bytes.length);

    assertThat(fixture.sealer.finish().rejected())
        .extracting(Rejected::code)
        .containsExactly(RejectionCode.ACCOUNT_NOT_ALLOWED_VALUE);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] all = new byte[a.length + b.length];
    System.arraycopy(a, 0, all, 0, a.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }
}
