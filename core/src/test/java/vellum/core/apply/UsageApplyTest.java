package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.period.MonthState;
import vellum.core.period.Place;
import vellum.core.period.UsageFinder;
import vellum.core.record.AccountId;
import vellum.core.record.MonthId;
import vellum.core.seal.Identities;
import vellum.core.seal.SealFixture;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.TestRecords;
import vellum.core.seal.TestUsage;
import vellum.core.seal.UsageOpener;
import vellum.v1.UsageRecord;

/** The usage log, from the sealer to the look-up. */
final class UsageApplyTest {

  private static final Instant OCTOBER = Instant.parse("2026-10-31T23:59:59.999999Z");
  private static final MonthId NOVEMBER = MonthId.parse("2026-11.usage");

  @TempDir Path directory;

  private static UsageFinder.Question question(
      @Nullable String actor, @Nullable String address, String from, String to) {
    return new UsageFinder.Question(
        AccountId.of("acct-1"), actor, address, micros(from), micros(to));
  }

  private static long micros(String instant) {
    return Instant.parse(instant).getEpochSecond() * 1_000_000;
  }

  private static UsageFinder.Question ever(@Nullable String actor, @Nullable String address) {
    return question(actor, address, "2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z");
  }

  private static List<UsageRecord> find(ApplyFixture fixture, UsageFinder.Question question) {
    return fixture.usage.find(question, null, 1000).events().stream()
        .map(event -> open(fixture, event))
        .toList();
  }

  private static UsageRecord open(ApplyFixture fixture, SealedRecord event) {
    return new UsageOpener()
        .open(
            event,
            Identities.CLEAR,
            fixture.keys.existing(event.month()).orElseThrow().newCipher());
  }

  @Test
  void shouldFindByAccountTimeActorAndAddress() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      UsageRecord october = TestUsage.event(1, OCTOBER, TestUsage.ACTOR, "2001:db8::1").build();
      UsageRecord jane = TestUsage.event(2);
      UsageRecord joe =
          TestUsage.event(3, TestRecords.STARTED.plusSeconds(60), "joe", TestUsage.ADDRESS).build();
      UsageRecord foreign =
          TestUsage.event(4).toBuilder()
              .setEventId(TestUsage.event(5).getEventId())
              .setAccount("acct-2")
              .build();
      fixture.sendUsage(joe, october, foreign, jane);

      // when
      fixture.apply();

      // then
      assertThat(find(fixture, ever(null, null))).containsExactly(october, jane, joe);
      assertThat(find(fixture, ever("JANE.ROE@acme.EXAMPLE", null))).containsExactly(october, jane);
      assertThat(find(fixture, ever(null, TestUsage.ADDRESS))).containsExactly(jane, joe);
      assertThat(find(fixture, ever(null, "2001:db8:0:0:0:0:0:1"))).containsExactly(october);
      assertThat(find(fixture, ever("joe", TestUsage.ADDRESS))).containsExactly(joe);
      assertThat(find(fixture, ever("joe", "2001:db8:0:0:0:0:0:1"))).isEmpty();
      assertThat(find(fixture, ever("jo", null))).isEmpty();
      assertThat(
              find(fixture, question(null, null, "2026-11-15T08:31:00Z", "2026-11-15T08:32:00Z")))
          .containsExactly(joe);
      assertThat(
              find(
                  fixture,
                  question(TestUsage.ACTOR, null, "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")))
          .containsExactly(jane);
      assertThat(fixture.finder.states().keySet())
          .containsExactly(MonthId.parse("2026-10.usage"), NOVEMBER);
    }
  }

  @Test
  void shouldKeepUsageOutOfLookUpsOfRecords() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      fixture.sendUsage(TestUsage.event(1));
      fixture.send(TestRecords.sms(1));
      fixture.apply();

      assertThat(
              fixture
                  .finder
                  .list(
                      AccountId.of("acct-1"),
                      micros("2026-01-01T00:00:00Z"),
                      micros("2027-01-01T00:00:00Z"),
                      null,
                      10)
                  .records())
          .hasSize(1);
    }
  }

  @Test
  void shouldCountARetryOnceAndKeepAConflictAside() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      UsageRecord event = TestUsage.event(1);
      fixture.sendUsage(event, event);
      fixture.sendUsage(event, event.toBuilder().setResult("DENIED").build());
      fixture.sendUsage(event.toBuilder().setIp("198.51.100.1").build());

      fixture.apply();

      MonthState state = fixture.totals();
      assertThat(state.records()).isEqualTo(1);
      assertThat(state.duplicates()).isEqualTo(2);
      assertThat(state.conflicts()).isEqualTo(2);
      assertThat(find(fixture, ever(TestUsage.ACTOR, TestUsage.ADDRESS))).containsExactly(event);
      assertThat(find(fixture, ever(null, "198.51.100.1"))).isEmpty();
    }
  }

  @Test
  void shouldPageWithoutLossOrRepetition() {
    Random random = new Random(5);
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      Set<String> all = new TreeSet<>();
      Set<String> janes = new TreeSet<>();
      for (int batch = 0; batch < 3; batch++) {
        List<UsageRecord> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          boolean jane = random.nextInt(3) == 0;
          Instant at = OCTOBER.plusMillis(random.nextInt(20 * 24) * 3_600_000L);
          UsageRecord event =
              TestUsage.event(batch * 100 + i, at, jane ? TestUsage.ACTOR : "joe", "::1").build();
          events.add(event);
          all.add(event.getEventId());
          if (jane) {
            janes.add(event.getEventId());
          }
        }
        fixture.send(fixture.seal.sealUsage(events));
      }
      fixture.apply();

      // then
      assertThat(pages(fixture, ever(null, null))).containsExactlyElementsOf(all);
      assertThat(pages(fixture, ever(TestUsage.ACTOR, null))).containsExactlyElementsOf(janes);
    }
  }

  /** Ids of all pages of seven, sorted; an id that came twice stands twice. */
  private static List<String> pages(ApplyFixture fixture, UsageFinder.Question question) {
    List<String> ids = new ArrayList<>();
    Place after = null;
    do {
      UsageFinder.Page page = fixture.usage.find(question, after, 7);
      page.events().forEach(event -> ids.add(event.id().toString()));
      after = page.next();
    } while (after != null);
    return ids.stream().sorted().collect(Collectors.toList());
  }

  @Test
  void shouldFindNothingOnceTheMonthsKeyIsDestroyed() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      UsageRecord october = TestUsage.event(1, OCTOBER, TestUsage.ACTOR, "::1").build();
      fixture.sendUsage(october, TestUsage.event(2));
      fixture.apply();

      fixture.keys.destroy(NOVEMBER, SealFixture.NOW);

      assertThat(find(fixture, ever(null, null))).containsExactly(october);
      assertThat(find(fixture, ever(TestUsage.ACTOR, null))).containsExactly(october);
    }
  }

  @Test
  void shouldApplyAReplayOnce() {
    // given
    Path after = directory.resolve("after");
    UsageRecord event = TestUsage.event(1);
    try (ApplyFixture fixture = new ApplyFixture(directory.resolve("before"))) {
      fixture.sendUsage(event);
      fixture.apply();
      fixture.flusher.flushAll();
      fixture.sendUsage(event, TestUsage.event(2));
      fixture.apply();

      // when
      ApplyFixture.copy(directory.resolve("before"), after);
    }

    // then
    try (ApplyFixture fixture = new ApplyFixture(after)) {
      fixture.apply();
      MonthState state = fixture.totals();
      assertThat(List.of(state.records(), state.duplicates(), state.conflicts()))
          .containsExactly(2L, 1L, 0L);
      assertThat(find(fixture, ever(TestUsage.ACTOR, null)))
          .containsExactlyInAnyOrder(event, TestUsage.event(2));
    }
  }
}
