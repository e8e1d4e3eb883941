package vellum.ingest.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class MonthsRunTest {

  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  @Test
  void shouldPlanWholeMonthsThatEndNow() {
    // when
    List<MonthsPlan.Part> parts =
        new MonthsPlan(14, GeneratorOptions.of(7, 100, NOW.minusSeconds(1), NOW)).parts();
    // then
    assertThat(parts).hasSize(14);
    assertThat(parts.get(0).month()).hasToString("2025-02");
    assertThat(parts.get(0).traffic().from()).isEqualTo("2025-02-01T00:00:00Z");
    assertThat(parts.get(0).traffic().until()).isEqualTo("2025-03-01T00:00:00Z");
    assertThat(parts.get(0).streamedAt()).isEqualTo("2025-02-28T23:59:00Z");
    assertThat(parts.get(13).traffic().until()).isEqualTo(NOW);
    assertThat(parts.get(13).streamedAt()).isEqualTo(NOW);
    assertThat(parts.stream().mapToLong(part -> part.traffic().records()).sum()).isEqualTo(100);
    assertThat(parts.stream().map(part -> part.traffic().seed()).distinct()).hasSize(14);
    for (int months : new int[] {0, 121}) {
      assertThatThrownBy(
              () -> new MonthsPlan(months, GeneratorOptions.of(7, 1, NOW.minusSeconds(1), NOW)))
          .hasMessageContaining("1 to 120");
    }
  }

  @Test
  void shouldMoveBothClocksAsIfTheTimeHadGoneBy() {
    // given: real clocks that stand still
    AtomicLong nanos = new AtomicLong(5);
    Instant first = Instant.parse("2025-01-01T00:00:00Z");
    MovedClock clock = new MovedClock(InstantSource.fixed(NOW), nanos::get, first);
    Instant wall = clock.instant();
    long at = clock.nanos();
    assertThat(wall).isEqualTo(first);
    // when
    clock.moveTo(Instant.parse("2025-02-01T00:00:00Z"));
    // then: a pair that was begun before is one of that moment still
    assertThat(clock.nanos()).isEqualTo(at);
    Duration passed = Duration.between(wall, clock.instant());
    assertThat(passed).isEqualTo(Duration.ofDays(31));
    assertThat(clock.nanos() - at).isEqualTo(passed.toNanos());
    // when, then: it never goes back
    clock.moveTo(first);
    assertThat(clock.instant()).isEqualTo("2025-02-01T00:00:00Z");
  }

  @Test
  void shouldWaitWhileAnythingDueIsLeft() throws JsonProcessingException {
    String period = ",\"periods\":[{\"stage\":\"%s\",\"identities_gone_by\":\"%s\"}]}";
    String none = "{\"at\":\"" + NOW + "\",\"overdue\":0";
    String before = NOW.toString();
    String after = NOW.plusSeconds(1).toString();
    assertThat(isDue("{\"at\":\"" + NOW + "\",\"overdue\":1}")).isTrue();
    assertThat(isDue(none + period.formatted("LIVE", before))).isTrue();
    assertThat(isDue(none + period.formatted("REWRITING", after))).isTrue();
    assertThat(isDue(none + period.formatted("LIVE", after))).isFalse();
    assertThat(isDue(none + period.formatted("ARCHIVED", before))).isFalse();
    assertThat(isDue(none + "}")).isFalse();
  }

  private static boolean isDue(String json) throws JsonProcessingException {
    return MonthsRun.isDue(new JsonMapper().readTree(json));
  }
}
