package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.seal.TestRecords.NUMBER;
import static vellum.core.seal.TestRecords.STARTED;
import static vellum.core.seal.TestRecords.sms;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.core.period.MonthState;
import vellum.core.period.MonthTables;
import vellum.core.period.RecordStore;
import vellum.core.record.Bytes;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.MonthId;
import vellum.core.store.Store;
import vellum.core.store.Stores;
import vellum.v1.DetailRecord;
import vellum.v1.IdentifierKind;

/** The subject index in the heap, on its way to its table, in it, and behind a crash. */
final class SubjectIndexTest {

  private static final MonthId NOVEMBER = MonthId.parse("2026-11.default");
  private static final byte[] INDEXED = "indexed".getBytes(StandardCharsets.US_ASCII);
  private static final int BATCH = 500;

  @TempDir Path directory;

  private final List<String> wanted = new ArrayList<>();
  private int records;

  /** Sends records, one in ten of which goes to {@link vellum.core.seal.TestRecords#NUMBER}. */
  private void send(ApplyFixture fixture, int count) {
    List<DetailRecord> batch = new ArrayList<>();
    for (int i = 0; i < count; i++, records++) {
      boolean isWanted = records % 10 == 3;
      String number = isWanted ? NUMBER : "+4917" + (10_000_000 + records);
      DetailRecord record = sms(records, STARTED.plusSeconds(records), number).build();
      if (isWanted) {
        wanted.add(record.getRecordId());
      }
      batch.add(record);
      if (batch.size() == BATCH || i == count - 1) {
        fixture.send(batch);
        batch = new ArrayList<>();
      }
    }
    fixture.apply();
  }

  private void assertFound(ApplyFixture fixture) {
    byte[] number = NUMBER.getBytes(StandardCharsets.UTF_8);
    CanonicalIdentity person =
        new CanonicalIdentity().read(IdentifierKind.E164_VALUE, number, 0, number.length);
    assertThat(fixture.finder.ofSubject(person, null, 10_000).records())
        .extracting(found -> found.id().orElseThrow().toString())
        .containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(fixture.finder.ofSubject(person, null, 7).records()).hasSize(7);
  }

  private static void flush(ApplyFixture fixture) {
    try (RecordStore.Hold hold = fixture.months.hold(NOVEMBER)) {
      hold.month().flush();
      assertThat(hold.month().flushedPosition()).isEqualTo(hold.month().state().position());
    }
  }

  @Test
  void shouldFindWhatIsInTheHeapAndInTheTable() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      for (int round = 0; round < 3; round++) {
        // when
        send(fixture, 700);
        send(fixture, 130);
        // then
        assertFound(fixture);
        if (round < 2) {
          flush(fixture);
          assertFound(fixture);
        }
      }
    }
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      assertFound(fixture);
    }
  }

  @Test
  void shouldTakeFromTheJournalWhatAFlushOfTheEngineLeftOut() {
    // given: more rows than the engine keeps in memory, and a crash
    Path before = directory.resolve("before");
    Path after = directory.resolve("after");
    MonthState sent;
    try (ApplyFixture fixture = new ApplyFixture(before)) {
      send(fixture, 1_000);
      flush(fixture);
      send(fixture, 60_000);
      assertFound(fixture);
      sent = fixture.totals();
      ApplyFixture.copy(before, after);
    }
    assertThat(lacks(after)).as("messages whose rows a flush left out").isGreaterThan(1);

    // when
    for (int start = 0; start < 2; start++) {
      try (ApplyFixture fixture = new ApplyFixture(after)) {
        fixture.apply();
        // then
        assertFound(fixture);
        assertThat(fixture.totals()).isEqualTo(sent);
      }
      assertThat(lacks(after)).isZero();
    }
  }

  /** How many journal sequences the month has that its index lacks. */
  private static long lacks(Path data) {
    Path live = data.resolve("live/2026-11.default");
    try (Stores stores = new Stores(new RealDisk(), 8 << 20, 1);
        Store store = stores.open(live, MonthTables.LIVE, ApplyFixture.options())) {
      long position = Bytes.getLong(store.get(MonthTables.META, MonthTables.stateKey()), 0);
      return position - Bytes.getLong(store.get(MonthTables.META, INDEXED), 0);
    }
  }
}
