package vellum.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.record.MonthId;
import vellum.v1.CallDetails;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.IdentifierKind;
import vellum.v1.RejectionCode;
import vellum.v1.Submission;

/** Content: sealed apart from its record, under the key of the day on which it goes. */
final class ContentSealerTest {

  private static final String REFERENCE = "s3://content/canary-4711";

  @TempDir Path directory;
  private SealFixture fixture;

  @BeforeEach
  void open() {
    fixture = new SealFixture(directory);
  }

  private static DetailRecord message(String account, String policy) {
    return message(1, account, policy, TestRecords.STARTED);
  }

  private static DetailRecord message(long seed, String account, String policy, Instant at) {
    return TestRecords.header(seed, at)
        .setAccount(account)
        .setSubmission(
            Submission.newBuilder()
                .setVersion(3)
                .setRecipient(TestRecords.party(IdentifierKind.E164, TestRecords.NUMBER))
                .setContentReference(REFERENCE)
                .setContentPolicy(policy))
        .build();
  }

  private static List<MonthId> periods(SealedBatch batch) {
    return SealFixture.entries(batch).stream().map(SealedRecord::month).toList();
  }

  private static String text(SealedBatch batch) {
    return new String(batch.body(), 0, batch.length(), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest(name = "{0}, account''s policy, message''s {1}: gone on {2}")
  @CsvSource({
    // Started 2026-11-15T08:30 and so many days, rounded down to the day.
    "keeps-30, '', 2026-12.content-15",
    "keeps-30, P7D, 2026-11.content-22",
    "keeps-30, 90d, 2027-02.content-13",
    "acct-1, p10d, 2026-11.content-25",
    "acct-1, P3653D, 2036-11.content-15",
    "keeps-6, '', 2026-11.content-21",
  })
  void shouldKeepContentUntilTheInstructedDayRoundedDown(
      String account, String policy, String period) {
    SealedBatch batch = fixture.seal(message(account, policy));

    assertThat(batch.rejected()).isEmpty();
    assertThat(periods(batch))
        .containsExactly(MonthId.parse("2026-11.default"), MonthId.parse(period));
    assertThat(text(batch)).doesNotContain("canary");
    assertThat(fixture.openWhole(batch, SealFixture.records(batch).get(0)))
        .isEqualTo(message(account, policy));
  }

  @ParameterizedTest(name = "{0}, account''s policy, message''s {1}")
  @CsvSource({
    "acct-1, ''",
    "keeps-0, ''",
    "keeps-30, none",
    "keeps-30, NONE",
    "keeps-30, P0D",
    // The clock stands at 2026-11-20T12:00; both days have come.
    "keeps-4, ''",
    "keeps-5, ''",
  })
  void shouldNotStoreContentThatIsNotKept(String account, String policy) {
    DetailRecord message = message(account, policy);

    SealedBatch batch = fixture.seal(message);

    assertThat(batch.rejected()).isEmpty();
    assertThat(periods(batch)).containsExactly(MonthId.parse("2026-11.default"));
    assertThat(fixture.openWhole(batch, SealFixture.records(batch).get(0)))
        .isEqualTo(
            message.toBuilder()
                .setSubmission(
                    message.getSubmission().toBuilder()
                        .clearContentReference()
                        .clearContentPolicy())
                .build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"P30", "30", "d", "Pd", "P3654D", "P-1D", "P1M", "forever", "99999d", " "})
  void shouldRejectAPolicyThatSaysNothing(String policy) {
    SealedBatch batch =
        fixture.seal(
            message(1, "keeps-30", "P1D", SealFixture.NOW),
            message("keeps-30", policy),
            message(2, "keeps-30", "P1D", SealFixture.NOW));

    assertThat(batch.rejected())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.offset()).isEqualTo(1);
              assertThat(rejected.code()).isEqualTo(RejectionCode.BAD_CONTENT_POLICY_VALUE);
            });
    assertThat(SealFixture.entries(batch)).hasSize(4);
  }

  @Test
  void shouldReadThePolicyWhereOnlyARecordingFollowsIt() {
    DetailRecord call =
        TestRecords.header(1, TestRecords.STARTED)
            .setChannel(Channel.VOICE)
            .setAccount("keeps-30")
            .setSubmission(
                Submission.newBuilder()
                    .setVersion(1)
                    .setContentPolicy("P9D")
                    .setCall(CallDetails.newBuilder().setCallId("c1").setRecordingReference("r1")))
            .build();

    SealedBatch batch = fixture.seal(call);

    assertThat(periods(batch)).contains(MonthId.parse("2026-11.content-24"));
    assertThat(fixture.openWhole(batch, SealFixture.records(batch).get(0))).isEqualTo(call);
  }

  @Test
  void shouldAskTheAccountByChannel() {
    DetailRecord call =
        TestRecords.header(1, TestRecords.STARTED)
            .setChannel(Channel.VOICE)
            .setAccount("keeps-30")
            .setSubmission(
                Submission.newBuilder()
                    .setVersion(1)
                    .setCall(CallDetails.newBuilder().setRecordingReference("r1")))
            .build();

    assertThat(periods(fixture.seal(call))).contains(MonthId.parse("2027-01.content-14"));
  }

  @Test
  void shouldGiveRecordAndContentTheSamePlace() {
    DetailRecord bad = TestRecords.sms(8).toBuilder().clearChannel().build();
    SealedBatch batch =
        fixture.seal(
            message(1, "keeps-30", "", TestRecords.STARTED),
            bad,
            message(2, "keeps-30", "", TestRecords.STARTED),
            TestRecords.sms(3));

    EntryReader entries = new EntryReader().over(batch.body(), 0, batch.length());
    List<String> places = new ArrayList<>();
    while (entries.next()) {
      places.add(entries.place() + " " + entries.month() + " " + entries.identities());
    }

    assertThat(batch.sequences()).isEqualTo(4);
    assertThat(places)
        .containsExactly(
            "0 2026-11.default 1",
            "0 2026-12.content-15 0",
            "2 2026-11.default 1",
            "2 2026-12.content-15 0",
            "3 2026-11.default 1");
  }

  @Test
  void shouldShowContentUntilItsKeyDies() {
    DetailRecord message = message("keeps-30", "");
    SealedBatch batch = fixture.seal(message);
    SealedRecord record = SealFixture.records(batch).get(0);
    assertThat(fixture.openWhole(batch, record).getSubmission().getContentReference())
        .isEqualTo(REFERENCE);

    fixture.keys.destroy(MonthId.parse("2026-12.content-15"), SealFixture.NOW);

    Submission after = fixture.openWhole(batch, record).getSubmission();
    assertThat(after.getContentReference()).isEmpty();
    assertThat(after.getRecipient()).isEqualTo(message.getSubmission().getRecipient());
    // And what comes later for that day is not stored, while its record is.
    SealedBatch late = fixture.seal(message(2, "keeps-30", "", TestRecords.STARTED));
    assertThat(late.rejected()).isEmpty();
    assertThat(periods(late)).containsExactly(MonthId.parse("2026-11.default"));
  }

  @Test
  void shouldShowContentToNobodyWhoMayNotReadIdentities() {
    SealedBatch batch = fixture.seal(message("keeps-30", ""));
    SealedRecord record = SealFixture.records(batch).get(0);

    DetailRecord masked =
        new RecordOpener()
            .open(
                record,
                Identities.MASKED,
                fixture.keys.existing(record.month()).orElseThrow().newCipher(),
                (day, key) -> {
                  throw new AssertionError("nobody asked for content");
                });

    assertThat(masked.getSubmission().getContentReference()).isEmpty();
  }

  /** Golden bytes: a change of them is a new format. */
  @Test
  void shouldKeepTheFormatsAsTheyAre() {
    DetailRecord message =
        TestRecords.header(1, TestRecords.STARTED)
            .setAccount("keeps-30")
            .setSubmission(Submission.newBuilder().setVersion(3).setContentReference(REFERENCE))
            .build();

    SealedBatch batch = fixture.seal(message);

    HexFormat hex = HexFormat.of();
    List<SealedRecord> entries = SealFixture.entries(batch);
    String header = "01" + "c803" + "01" + "08" + "6b656570732d3330" + "0000";
    assertThat(hex.formatHex(entries.get(0).row()))
        .isEqualTo(header + "01" + "03" + "05" + "dd02" + "c2a201"); // content, day 20,802
    assertThat(hex.formatHex(entries.get(1).row()))
        .startsWith(header + "01" + "03" + "54" + "de02" + "51" + "06")
        .hasSize(2 * (15 + 3 + 84));
    assertThat(hex.formatHex(batch.body()))
        .startsWith(
            "04" // format
                + "02"
                + "0f"
                + hex.formatHex("2026-11.default".getBytes(StandardCharsets.US_ASCII))
                + "12"
                + hex.formatHex("2026-12.content-15".getBytes(StandardCharsets.US_ASCII))
                + "00" // no rejections
                + "31" // first entry: 2 + 24 + 23 bytes
                + "00"
                + "00");
    assertThat(hex.formatHex(entries.get(1).key())).isEqualTo(hex.formatHex(entries.get(0).key()));
    assertThat(text(batch)).contains(secondEntry());
  }

  /** Month 1; of the same place as the entry before. */
  private static String secondEntry() {
    return new String(new byte[] {1, (byte) 0x80}, StandardCharsets.ISO_8859_1);
  }
}
