package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.seal.TestRecords.NUMBER;
import static vellum.core.seal.TestRecords.STARTED;
import static vellum.core.seal.TestRecords.sms;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.period.FoundRecord;
import vellum.core.period.Place;
import vellum.core.period.RecordPage;
import vellum.core.record.CanonicalIdentity;
import vellum.v1.DetailRecord;
import vellum.v1.IdentifierKind;

/** A person's records page by page: all of them, none twice, whatever the index still holds. */
final class SubjectPagesTest {

  private static final String OTHER_NUMBER = "+491709999999";
  private static final int BATCH = 250;

  @TempDir Path directory;

  private static CanonicalIdentity person(String number) {
    byte[] value = number.getBytes(StandardCharsets.UTF_8);
    return new CanonicalIdentity().read(IdentifierKind.E164_VALUE, value, 0, value.length);
  }

  private static void send(ApplyFixture fixture, List<DetailRecord> records) {
    for (int from = 0; from < records.size(); from += BATCH) {
      fixture.send(records.subList(from, Math.min(records.size(), from + BATCH)));
      fixture.apply();
    }
  }

  /** Ids of all pages; checks that all but the last are full, and each in order of time. */
  private static List<String> pages(ApplyFixture fixture, String number, int limit) {
    List<String> ids = new ArrayList<>();
    Place place = null;
    do {
      RecordPage page = fixture.finder.ofSubject(person(number), place, limit);
      place = page.next();
      assertThat(page.records())
          .hasSizeLessThanOrEqualTo(limit)
          .isSortedAccordingTo(Comparator.comparingLong(FoundRecord::startedAtMicros));
      if (place != null) {
        assertThat(page.records()).hasSize(limit);
      }
      page.records().forEach(record -> ids.add(record.id().orElseThrow().toString()));
    } while (place != null);
    return ids;
  }

  private static List<String> ids(List<DetailRecord> records) {
    return records.stream().map(DetailRecord::getRecordId).toList();
  }

  @Test
  void shouldFindTheFewRecordsAmongManyThatWentToSomebodyElse() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      List<DetailRecord> sent = new ArrayList<>();
      List<DetailRecord> replacements = new ArrayList<>();
      List<DetailRecord> kept = new ArrayList<>();
      for (int i = 0; i < 3000; i++) {
        DetailRecord record = sms(i, STARTED.plusSeconds(i), NUMBER).build();
        sent.add(record);
        if (i % 300 == 7) {
          kept.add(record);
        } else {
          DetailRecord.Builder later = sms(i, STARTED.plusSeconds(i), OTHER_NUMBER);
          later.getSubmissionBuilder().setVersion(2);
          replacements.add(later.build());
        }
      }
      send(fixture, sent);
      send(fixture, replacements);

      // when, then
      assertThat(kept).hasSize(10);
      assertThat(pages(fixture, NUMBER, 5)).containsExactlyInAnyOrderElementsOf(ids(kept));
      assertThat(fixture.finder.ofSubject(person(NUMBER), null, 10).next()).isNull();
      assertThat(pages(fixture, OTHER_NUMBER, 700))
          .containsExactlyInAnyOrderElementsOf(ids(replacements));
    }
  }

  @Test
  void shouldPageThroughMonthsInOrder() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      List<DetailRecord> october = new ArrayList<>();
      List<DetailRecord> november = new ArrayList<>();
      for (int i = 0; i < 700; i++) {
        Instant earlier = Instant.parse("2026-10-03T10:00:00Z").plusSeconds(60L * i);
        october.add(sms(i, earlier, NUMBER).build());
        november.add(sms(10_000 + i, STARTED.plusSeconds(60L * i), NUMBER).build());
      }
      send(fixture, november);
      send(fixture, october);

      // when, then
      for (int limit : new int[] {1, 99, 100, 699, 700, 701, 1000, 1400, 2000}) {
        List<String> found = pages(fixture, NUMBER, limit);
        assertThat(found.subList(0, 700)).containsExactlyInAnyOrderElementsOf(ids(october));
        assertThat(found.subList(700, found.size()))
            .containsExactlyInAnyOrderElementsOf(ids(november));
      }
    }
  }

  @Test
  void shouldPageThroughRecordsOfOneReference() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given ids that differ in their last four bytes only, which the index does not hold
      List<DetailRecord> alike = new ArrayList<>();
      DetailRecord.Builder record = sms(1).toBuilder();
      UUID id = UUID.fromString(record.getRecordId());
      for (int tail : new int[] {0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF}) {
        long low = id.getLeastSignificantBits() & ~0xFFFFFFFFL | tail & 0xFFFFFFFFL;
        String text = new UUID(id.getMostSignificantBits(), low).toString();
        alike.add(record.setRecordId(text).build());
      }
      send(fixture, alike);

      // when, then
      for (int limit = 1; limit <= 7; limit++) {
        assertThat(pages(fixture, NUMBER, limit)).containsExactlyElementsOf(ids(alike));
      }
    }
  }
}
