package vellum.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class TrailTest {

  @TempDir private Path directory;
  private AuditFixture fixture;

  @BeforeEach
  void open() {
    fixture = new AuditFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void shouldNumberEntriesAndChainThem() {
    // when: the first entry is about the key that signs
    fixture.now = AuditFixture.NOW.plus(Duration.ofMinutes(1));
    long second = fixture.trail.record(AuditFixture.draft("record a"));
    fixture.now = AuditFixture.NOW;
    long third = fixture.trail.record(AuditFixture.draft("record b"));
    // then
    assertThat(List.of(second, third)).containsExactly(1L, 2L);
    assertThat(fixture.trail.size()).isEqualTo(3);
    List<Trail.Stored> all = fixture.trail.page(0, 10);
    assertThat(all).extracting(Trail.Stored::number).containsExactly(0L, 1L, 2L);
    String before = Entry.NOTHING;
    for (Trail.Stored one : all) {
      Entry entry = EntryLine.read(one.line()).orElseThrow();
      assertThat(entry.number()).isEqualTo(one.number());
      assertThat(entry.previous()).isEqualTo(before);
      before = HexFormat.of().formatHex(one.hash());
    }
    assertThat(fixture.lines().get(0)).contains("AUDIT_KEY_USED");
    assertThat(fixture.lines().get(1)).contains("\"at\":\"2026-11-22T14:21:11.123Z\"");
  }

  @Test
  void shouldPageWithinWhatIsThere() {
    fixture.record(9);
    assertThat(fixture.trail.page(4, 3))
        .extracting(Trail.Stored::number)
        .containsExactly(4L, 5L, 6L);
    assertThat(fixture.trail.page(8, 100)).hasSize(2);
    assertThat(fixture.trail.page(10, 100)).isEmpty();
    assertThat(fixture.trail.page(-1, 100)).isEmpty();
    assertThat(fixture.trail.page(0, 0)).isEmpty();
  }

  @Test
  void shouldGoOnAfterARestart() {
    // given
    fixture.record(5);
    TreeHead before = fixture.trail.treeHead("x");
    // when
    fixture.open();
    // then
    assertThat(fixture.trail.treeHead("x").agrees(before)).isTrue();
    assertThat(fixture.trail.record(AuditFixture.draft("next"))).isEqualTo(6);
  }

  @Test
  void shouldWriteNothingOnAFullDiskAndGoOnBehindIt() {
    // given
    fixture.record(2);
    TreeHead before = fixture.trail.treeHead("x");
    fixture.isFull = true;
    // when, then
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> fixture.trail.record(AuditFixture.draft("lost")))
          .isInstanceOfSatisfying(
              AuditException.Unavailable.class, e -> assertThat(e.recoverable()).isTrue());
    }
    assertThat(fixture.trail.treeHead("x").agrees(before)).isTrue();
    assertThat(fixture.trail.failures()).isEqualTo(3);
    // and when there is room again
    fixture.isFull = false;
    fixture.record(1);
    assertThat(fixture.lines()).hasSize(4).noneMatch(line -> line.contains("lost"));
    fixture.open();
    assertThat(fixture.trail.size()).isEqualTo(4);
  }

  @Test
  void shouldSayOnceThatItCannotBeWrittenAndOnceThatItIsAgain() {
    // given
    Logger logger = (Logger) LoggerFactory.getLogger(Trail.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.INFO);
    try {
      // when
      for (int round = 0; round < 2; round++) {
        fixture.isFull = true;
        for (int i = 0; i < 3; i++) {
          assertThatThrownBy(() -> fixture.trail.record(AuditFixture.draft("lost")))
              .isInstanceOf(AuditException.Unavailable.class);
        }
        fixture.isFull = false;
        fixture.record(2);
      }
    } finally {
      logger.setLevel(null);
      logger.detachAppender(lines);
    }
    // then
    assertThat(lines.list)
        .extracting(line -> line.getMarkerList().get(0).getName())
        .containsExactly(
            "AUDIT_UNAVAILABLE", "AUDIT_RESUMED", "AUDIT_UNAVAILABLE", "AUDIT_RESUMED");
    assertThat(lines.list.get(0).getFormattedMessage()).contains("disk full");
  }

  @Test
  void shouldGiveEachOfManyThreadsItsOwnNumber() throws Exception {
    // given
    int threads = 8;
    int each = 40;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CyclicBarrier start = new CyclicBarrier(threads);
    Callable<List<Long>> task =
        () -> {
          start.await(10, TimeUnit.SECONDS);
          List<Long> numbers = new ArrayList<>();
          for (int i = 0; i < each; i++) {
            numbers.add(fixture.trail.record(AuditFixture.draft("record " + i)));
          }
          return numbers;
        };
    // when
    Set<Long> numbers = new HashSet<>();
    try {
      List<Future<List<Long>>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(pool.submit(task));
      }
      for (Future<List<Long>> one : all) {
        numbers.addAll(one.get(60, TimeUnit.SECONDS));
      }
    } finally {
      pool.shutdownNow();
    }
    // then: each number once, all of them whole
    assertThat(numbers).hasSize(threads * each);
    TrailCheck check = new TrailCheck(new TreeMap<>());
    fixture.trail.page(0, 1_000).forEach(one -> check.take(one.line()));
    assertThat(check.end(OptionalLong.of(numbers.size() + 1L)).all()).isEmpty();
  }

  @Test
  void shouldRefuseToGoOnBehindAnotherEntryThanItsLast() {
    // given
    fixture.record(3);
    byte[] second = fixture.line(2);
    byte[] last = fixture.line(3);
    // when, then
    fixture.put(3, second);
    assertDamaged("entry 3 is another one");
    fixture.delete(3);
    assertDamaged("entry 3 is missing");
    fixture.put(3, last);
    fixture.put(4, last);
    assertDamaged("entry 4 is not in its state");
    fixture.delete(4);
    fixture.open();
    assertThat(fixture.trail.size()).isEqualTo(4);
  }

  private void assertDamaged(String what) {
    assertThatThrownBy(() -> Trail.open(fixture.control, () -> AuditFixture.NOW))
        .isInstanceOf(AuditException.Damaged.class)
        .hasMessageContaining(what)
        .hasMessageContaining("vellum audit verify");
  }

  @Test
  void shouldHideWhatASealedEntrySays() {
    long number = fixture.trail.record(new SealedDraft("hold-1", new byte[] {1, 2, 3}));
    fixture.record(1);
    assertThat(fixture.trail.page(number, 2))
        .extracting(Trail.Stored::isSealed)
        .containsExactly(true, false);
  }

  @Test
  void shouldKnowWhetherSettingsAreOthers() {
    assertThat(fixture.trail.isNewConfiguration("a".repeat(64))).isFalse();
    assertThat(fixture.trail.isNewConfiguration("a".repeat(64))).isFalse();
    assertThat(fixture.trail.isNewConfiguration("b".repeat(64))).isTrue();
    fixture.open();
    assertThat(fixture.trail.isNewConfiguration("b".repeat(64))).isFalse();
  }
}
