package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.seal.TestRecords.delivered;
import static vellum.core.seal.TestRecords.rated;
import static vellum.core.seal.TestRecords.sms;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.core.journal.JournalException;
import vellum.core.period.FoundRecord;
import vellum.core.period.MonthState;
import vellum.core.period.PeriodException;
import vellum.core.period.Place;
import vellum.core.period.RecordPage;
import vellum.core.record.AccountId;
import vellum.core.record.CanonicalIdentity;
import vellum.core.seal.Identities;
import vellum.core.seal.TestRecords;
import vellum.v1.DetailRecord;
import vellum.v1.IdentifierKind;
import vellum.v1.Leg;
import vellum.v1.StatusGroup;

final class ApplierTest {

  private static final long MICROS = 1_000_000;

  @TempDir Path directory;

  private static DetailRecord only(ApplyFixture fixture, DetailRecord sent) {
    List<FoundRecord> found = fixture.finder.find(UUID.fromString(sent.getRecordId()));
    assertThat(found).hasSize(1);
    return fixture.seal.open(((FoundRecord.Sealed) found.get(0)).record(), Identities.CLEAR);
  }

  @Test
  void shouldMergeAspectsInWhateverOrderTheyCome() {
    List<DetailRecord> parts = new ArrayList<>(List.of(sms(1), delivered(1, 5), rated(1, 2, 7)));
    DetailRecord whole =
        sms(1).toBuilder()
            .setDelivery(delivered(1, 5).getDelivery())
            .setRating(rated(1, 2, 7).getRating())
            .build();
    for (int order = 0; order < 6; order++) {
      Collections.shuffle(parts, new Random(order));
      try (ApplyFixture fixture = new ApplyFixture(directory.resolve("order-" + order))) {
        for (DetailRecord part : parts) {
          fixture.send(part);
          if (order % 2 == 0) {
            fixture.apply();
          }
        }
        fixture.apply();

        assertThat(only(fixture, sms(1))).isEqualTo(whole);
        assertThat(fixture.totals().records()).isEqualTo(1);
        assertThat(fixture.totals().updates()).isEqualTo(2);
      }
    }
  }

  @Test
  void shouldCountDuplicatesStaleAndConflicts() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      fixture.send(sms(1), rated(1, 3, 7), sms(1));
      fixture.send(rated(1, 3, 7), rated(1, 2, 5), rated(1, 3, 8), rated(1, 4, 9));
      fixture.apply();

      MonthState totals = fixture.totals();
      assertThat(totals.records()).isEqualTo(1);
      assertThat(totals.updates()).isEqualTo(2);
      assertThat(totals.duplicates()).isEqualTo(2);
      assertThat(totals.stale()).isEqualTo(1);
      assertThat(totals.conflicts()).isEqualTo(1);
      assertThat(only(fixture, sms(1)).getRating().getSalePriceNanos()).isEqualTo(9);
    }
  }

  @Test
  void shouldKeepLegsApart() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      fixture.send(sms(1), leg(2, 1, "carrier-b"), leg(1, 1, "carrier-a"), leg(2, 2, "carrier-c"));
      fixture.apply();

      assertThat(only(fixture, sms(1)).getLegsList())
          .extracting(Leg::getSupplier)
          .containsExactly("carrier-a", "carrier-c");
    }
  }

  private static DetailRecord leg(int number, long version, String supplier) {
    return TestRecords.header(1, TestRecords.STARTED)
        .addLegs(
            Leg.newBuilder()
                .setVersion(version)
                .setNumber(number)
                .setSupplier(supplier)
                .setStatusGroup(StatusGroup.DELIVERED))
        .build();
  }

  @Test
  void shouldRefuseAnotherHeaderUnderTheSameId() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      DetailRecord moved =
          rated(1, 1, 7).toBuilder()
              .setStartedAt(TestRecords.timestamp(TestRecords.STARTED.plusNanos(1000)))
              .build();
      fixture.send(sms(1));
      fixture.send(moved);
      fixture.apply();

      assertThat(fixture.totals().conflicts()).isEqualTo(1);
      assertThat(only(fixture, sms(1)).hasRating()).isFalse();
    }
  }

  @Test
  void shouldFindAPersonsRecordsByAnySpelling() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      Instant october = Instant.parse("2026-10-03T10:00:00Z");
      fixture.send(
          sms(1),
          sms(2),
          sms(3, TestRecords.STARTED, "+491709999999").build(),
          sms(4, october, TestRecords.NUMBER).build());
      fixture.apply();

      byte[] sip = "sip:+49-170-1234567@example.net".getBytes(StandardCharsets.UTF_8);
      CanonicalIdentity person =
          new CanonicalIdentity().read(IdentifierKind.SIP_URI_VALUE, sip, 0, sip.length);

      assertThat(fixture.finder.ofSubject(person, null, 100).records())
          .extracting(record -> record.id().orElseThrow().toString())
          .containsExactlyInAnyOrder(
              sms(4, october, TestRecords.NUMBER).getRecordId(),
              sms(1).getRecordId(),
              sms(2).getRecordId());
    }
  }

  @Test
  void shouldPageThroughAnAccountsRecordsInOrderOfTime() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      List<DetailRecord> sent = new ArrayList<>();
      Instant first = Instant.parse("2026-10-30T00:00:00Z");
      for (int i = 0; i < 300; i++) {
        DetailRecord.Builder record =
            sms(i, first.plus(Duration.ofMinutes(17L * i)), TestRecords.NUMBER);
        sent.add(record.setAccount(i % 3 == 0 ? "acct-1" : "acct-" + i).build());
      }
      fixture.send(sent);
      fixture.apply();

      List<String> found = new ArrayList<>();
      long from = first.plus(Duration.ofHours(1)).getEpochSecond() * MICROS;
      long to = first.plus(Duration.ofHours(80)).getEpochSecond() * MICROS;
      Place place = null;
      do {
        RecordPage page = fixture.finder.list(AccountId.of("acct-1"), from, to, place, 7);
        page.records().forEach(record -> found.add(record.id().orElseThrow().toString()));
        place = page.next();
      } while (place != null);

      assertThat(found)
          .containsExactlyElementsOf(
              sent.stream()
                  .filter(record -> record.getAccount().equals("acct-1"))
                  .filter(record -> record.getStartedAt().getSeconds() * MICROS >= from)
                  .filter(record -> record.getStartedAt().getSeconds() * MICROS < to)
                  .map(DetailRecord::getRecordId)
                  .toList());
    }
  }

  @Test
  void shouldApplyExactlyOnceWhateverACrashLeaves() {
    long seed = 42;
    Random random = new Random(seed);
    Map<String, Integer> messages = new HashMap<>();
    Path current = directory.resolve("life-0");
    int life = 0;
    ApplyFixture fixture = new ApplyFixture(current);
    int sent = 0;
    for (int step = 0; step < 120; step++) {
      List<DetailRecord> batch = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(20); i++) {
        int id = random.nextInt(300);
        DetailRecord message = message(id, random.nextInt(3));
        batch.add(message);
        messages.merge(message.getRecordId(), 1, Integer::sum);
        sent++;
      }
      fixture.send(batch);
      switch (random.nextInt(6)) {
        case 0 -> fixture.applier.doWork();
        case 1 -> fixture.apply();
        case 2 -> {
          fixture.apply();
          fixture.flusher.flushAll();
        }
        case 3 -> fixture.nanos.addAndGet(2_000_000_000L);
        case 4 -> fixture.journal.roll();
        default -> {
          Path next = directory.resolve("life-" + ++life);
          ApplyFixture.copy(current, next);
          fixture.close();
          fixture = new ApplyFixture(next);
          current = next;
        }
      }
    }
    fixture.apply();

    MonthState totals = fixture.totals();
    assertThat(life).as("crashes").isGreaterThan(5);
    assertThat(totals.records()).as("seed %d", seed).isEqualTo(messages.size());
    assertThat(totals.records() + totals.updates() + totals.duplicates() + totals.stale())
        .as("every message counted once, seed %d", seed)
        .isEqualTo(sent);
    assertThat(totals.conflicts()).isZero();
    fixture.close();
  }

  /** One of a record's three messages; records lie in two months. */
  private static DetailRecord message(int id, int kind) {
    Instant startedAt =
        Instant.parse(id % 2 == 0 ? "2026-10-31T23:00:00Z" : "2026-11-01T01:00:00Z")
            .plusSeconds(id);
    DetailRecord header = TestRecords.header(id, startedAt).build();
    return switch (kind) {
      case 0 -> sms(id, startedAt, TestRecords.NUMBER).build();
      case 1 -> header.toBuilder().setDelivery(delivered(id, 3).getDelivery()).build();
      default -> header.toBuilder().setRating(rated(id, 2, 1000L + id).getRating()).build();
    };
  }

  @Test
  void shouldRefuseAJournalThatLostItsEnd() throws IOException {
    Path before = directory.resolve("before");
    Path after = directory.resolve("after");
    try (ApplyFixture fixture = new ApplyFixture(before)) {
      fixture.send(sms(1));
      fixture.apply();
      ApplyFixture.copy(before.resolve("journal"), after.resolve("journal"));
      fixture.send(sms(2));
      fixture.apply();
      fixture.flusher.flushAll();
      for (String part : List.of("control", "live", "keys")) {
        ApplyFixture.copy(before.resolve(part), after.resolve(part));
      }
      Files.copy(before.resolve("kek"), after.resolve("kek"));
    }

    assertThatThrownBy(() -> new ApplyFixture(after))
        .isInstanceOf(ApplyException.AheadOfJournal.class)
        .hasMessageContaining("live/2026-11.default")
        .hasMessageContaining("restore");
  }

  @Test
  void shouldSeeThatAWholeJournalIsMissing() throws IOException {
    Path data = directory.resolve("data");
    Path copy = directory.resolve("copy");
    try (ApplyFixture fixture = new ApplyFixture(data)) {
      fixture.send(sms(1));
      fixture.apply();
      fixture.nanos.addAndGet(2_000_000_000L);
      fixture.applier.doWork();
      ApplyFixture.copy(data, copy);
    }
    new RealDisk().deleteTree(copy.resolve("journal"));

    assertThatThrownBy(() -> new ApplyFixture(copy)).isInstanceOf(JournalException.Corrupt.class);
  }

  @Test
  void shouldRefuseAMonthThatIsMissing() throws IOException {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      fixture.send(sms(1));
      fixture.apply();
    }
    new RealDisk().deleteTree(directory.resolve("live").resolve("2026-11.default"));

    assertThatThrownBy(() -> new ApplyFixture(directory))
        .isInstanceOf(PeriodException.MonthMissing.class)
        .hasMessageContaining("2026-11.default");
  }

  @Test
  void shouldReleaseTheJournalWhenAnIdleMonthIsFlushedByAge() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      fixture.send(sms(1, Instant.parse("2026-01-03T10:00:00Z"), TestRecords.NUMBER).build());
      fixture.apply();
      fixture.journal.roll();
      fixture.send(sms(2));
      fixture.apply();
      assertThat(fixture.applier.floor()).isLessThan(2);

      fixture.nanos.addAndGet(Duration.ofSeconds(61).toNanos());
      assertThat(fixture.flusher.doWork()).isEqualTo(1);
      assertThat(fixture.flusher.doWork()).isEqualTo(1);
      assertThat(fixture.flusher.doWork()).isZero();
      fixture.applier.doWork();

      assertThat(fixture.applier.floor()).isEqualTo(fixture.journal.forced());
      assertThat(fixture.journal.segments()).hasSize(1);
    }
  }

  @Test
  void shouldCloseMonthsNobodyUses() {
    try (ApplyFixture fixture = new ApplyFixture(directory, ApplyConfig.defaults(), 2)) {
      for (int month = 1; month <= 9; month++) {
        Instant startedAt = Instant.parse("2026-0" + month + "-03T10:00:00Z");
        fixture.send(sms(month, startedAt, TestRecords.NUMBER).build());
      }
      fixture.apply();
      for (int round = 0; round < 300; round++) {
        fixture.send(sms(1000 + round));
        fixture.apply();
      }
      fixture.flusher.flushAll();

      assertThat(fixture.flusher.doWork()).isEqualTo(8);
      assertThat(fixture.totals().records()).isEqualTo(309);
    }
  }
}
