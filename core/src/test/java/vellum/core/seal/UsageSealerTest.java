package vellum.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vellum.core.record.MonthId;
import vellum.core.record.RecordId;
import vellum.core.record.Wire;
import vellum.v1.RejectionCode;
import vellum.v1.UsageRecord;

final class UsageSealerTest {

  @TempDir Path directory;
  private SealFixture fixture;

  @BeforeEach
  void open() {
    fixture = new SealFixture(directory);
  }

  private UsageRecord open(SealedRecord event, Identities show) {
    return new UsageOpener()
        .open(event, show, fixture.keys.existing(event.month()).orElseThrow().newCipher());
  }

  private SealedBatch seal(UsageRecord... events) {
    return fixture.sealUsage(List.of(events));
  }

  @Test
  void shouldGiveBackEveryFieldOfAnEvent() {
    for (String ip : List.of("203.0.113.7", "2001:db8::1", "2001:DB8:0:0:0:0:0:1", "")) {
      for (String actor : List.of("Jane@Acme.example", "key-7", "+491701234567", "")) {
        UsageRecord clear = TestUsage.event(1, TestRecords.STARTED, actor, ip).build();

        SealedBatch batch = seal(clear);

        assertThat(batch.rejected()).isEmpty();
        SealedRecord sealed = SealFixture.entries(batch).get(0);
        assertThat(sealed.month()).isEqualTo(MonthId.parse("2026-11.usage"));
        assertThat(open(sealed, Identities.CLEAR)).isEqualTo(clear);
      }
    }
  }

  @Test
  void shouldLeaveNothingButNamesInClear() {
    String body = new String(seal(TestUsage.event(1)).body(), StandardCharsets.ISO_8859_1);

    assertThat(body).contains("campaign.start").contains("OK");
    for (String secret : List.of("Jane", "jane", "203.0.113", "canary", "agent")) {
      assertThat(body).doesNotContain(secret);
    }
  }

  @Test
  void shouldMaskWhatIsSealed() {
    SealedRecord sealed = SealFixture.entries(seal(TestUsage.event(1))).get(0);

    UsageRecord masked = open(sealed, Identities.MASKED);

    assertThat(masked.getActor()).isEqualTo("J***@A***.example");
    assertThat(List.of(masked.getIp(), masked.getResource(), masked.getUserAgent()))
        .containsOnly("***");
    assertThat(masked.getAction()).isEqualTo("campaign.start");
    assertThat(open(sealed, Identities.ABSENT).getActor()).isEmpty();
  }

  @Test
  void shouldSealARetryToTheSameRowWhateverTheOrderOfItsFields() {
    UsageRecord event = TestUsage.event(1);
    byte[] back = event.toBuilder().clearEventId().clearAt().clearAccount().build().toByteArray();
    byte[] head =
        event.toBuilder()
            .clearActor()
            .clearAction()
            .clearResource()
            .clearIp()
            .clearUserAgent()
            .clearResult()
            .build()
            .toByteArray();
    byte[] shuffled = ByteString.copyFrom(back).concat(ByteString.copyFrom(head)).toByteArray();

    fixture.sealer.begin(account -> true);
    fixture.sealer.addUsage(shuffled, 0, shuffled.length);
    SealedBatch batch = fixture.sealer.finish();

    assertThat(batch.rejected()).isEmpty();
    assertThat(SealFixture.entries(batch).get(0).row())
        .isEqualTo(SealFixture.entries(seal(event)).get(0).row());
  }

  @Test
  void shouldMakeEventsOfOneActorLookDifferent() {
    List<SealedRecord> events = SealFixture.entries(seal(TestUsage.event(1), TestUsage.event(2)));

    Map<Integer, String> one = sealedFields(events.get(0));
    Map<Integer, String> other = sealedFields(events.get(1));

    assertThat(one).hasSize(4);
    assertThat(one.keySet()).isEqualTo(other.keySet());
    assertThat(one.values()).doesNotContainAnyElementsOf(other.values());
  }

  private static Map<Integer, String> sealedFields(SealedRecord event) {
    RowReader row = event.reader();
    row.next();
    Wire wire = new Wire().over(row.bytes(), row.fieldsOffset(), row.fieldsLength());
    Map<Integer, String> sealed = new HashMap<>();
    while (wire.hasMore()) {
      int tag = (int) wire.readVarint();
      int length = wire.readLength();
      if ((tag & 7) == RowFormat.SEALED) {
        String bytes =
            new String(wire.bytes(), wire.position(), length, StandardCharsets.ISO_8859_1);
        sealed.put(tag >>> 3, bytes);
      }
      wire.skip(length);
    }
    return sealed;
  }

  static Stream<Arguments> badEvents() {
    return Stream.of(
        bad(RejectionCode.MISSING_ID, event -> event.clearEventId()),
        bad(RejectionCode.BAD_ID, event -> event.setEventId("4711")),
        bad(RejectionCode.MISSING_TIME, event -> event.clearAt()),
        bad(RejectionCode.MISSING_ACCOUNT, event -> event.clearAccount()),
        bad(
            RejectionCode.ID_TIME_MISMATCH,
            event -> event.setAt(TestRecords.timestamp(TestRecords.STARTED.plusMillis(1)))),
        bad(
            RejectionCode.TIME_IN_FUTURE,
            event -> at(event, SealFixture.NOW.plus(Duration.ofHours(24)).plusMillis(1))),
        // The usage log keeps a month until the start of that month three years later.
        bad(
            RejectionCode.TIME_TOO_OLD,
            event -> at(event, Instant.parse("2023-10-31T23:59:59.999Z"))),
        bad(RejectionCode.TIME_TOO_OLD, event -> at(event, Instant.parse("1999-12-31T00:00:00Z"))),
        bad(RejectionCode.BAD_IP_ADDRESS, event -> event.setIp("999.1.1.1")),
        bad(RejectionCode.BAD_IP_ADDRESS, event -> event.setIp("jane.example")),
        bad(
            RejectionCode.IDENTITY_IN_CLEAR_FIELD,
            event -> event.setAction("call +49 170 1234567")),
        bad(RejectionCode.IDENTITY_IN_CLEAR_FIELD, event -> event.setResult("jane@acme.example")),
        bad(RejectionCode.TEXT_TOO_LONG, event -> event.setUserAgent("x".repeat(255))),
        bad(RejectionCode.BAD_TEXT, event -> event.setResource("a\nb")),
        bad(
            RejectionCode.UNKNOWN_FIELD,
            event ->
                event.setUnknownFields(
                    UnknownFieldSet.newBuilder()
                        .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build())));
  }

  private static void at(UsageRecord.Builder event, Instant at) {
    event
        .setEventId(RecordId.derived(at.toEpochMilli(), "acct-1", "x").toString())
        .setAt(TestRecords.timestamp(at));
  }

  private static Arguments bad(RejectionCode code, Consumer<UsageRecord.Builder> change) {
    return Arguments.of(code, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badEvents")
  void shouldRejectByNamedCode(RejectionCode code, Consumer<UsageRecord.Builder> change) {
    UsageRecord.Builder event = TestUsage.event(1).toBuilder();
    change.accept(event);

    SealedBatch batch = seal(TestUsage.event(2), event.build(), TestUsage.event(3));

    assertThat(SealFixture.entries(batch)).hasSize(2);
    assertThat(batch.rejected())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.offset()).isEqualTo(1);
              assertThat(RejectionCode.forNumber(rejected.code())).isEqualTo(code);
              assertThat(rejected.reason()).isNotBlank().doesNotContain("170", "jane", "999");
            });
  }

  @Test
  void shouldTakeTheOldestMonthThatIsKept() {
    Instant oldest = Instant.parse("2023-12-01T00:00:00Z");

    SealedBatch batch = seal(TestUsage.event(1, oldest, "jane", "::1").build());

    assertThat(batch.rejected()).isEmpty();
  }

  @Test
  void shouldRejectAnEventWhoseMonthsKeyIsDestroyed() {
    seal(TestUsage.event(1));
    fixture.keys.destroy(MonthId.parse("2026-11.usage"), SealFixture.NOW);

    SealedBatch batch = seal(TestUsage.event(2));

    assertThat(batch.rejected())
        .extracting(Rejected::code)
        .containsExactly(RejectionCode.TIME_TOO_OLD_VALUE);
  }

  @Test
  void shouldRejectGarbageWhateverItIs() {
    Random random = new Random(29);
    byte[] good = TestUsage.event(1).toByteArray();
    fixture.sealer.begin(account -> true);
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      byte[] bad = good.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(bad.length) : bad.length;
      fixture.sealer.addUsage(bad, 0, length);
    }

    SealedBatch batch = fixture.sealer.finish();

    List<SealedRecord> taken = SealFixture.entries(batch);
    assertThat(taken.size() + batch.rejected().size()).isEqualTo(count);
    assertThat(batch.rejected()).hasSizeGreaterThan(count / 4);
    taken.forEach(event -> open(event, Identities.CLEAR));
  }
}
