package vellum.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ZoneOffsetsTest {

  private static final long SEED = 2026;
  private static final long END = Instant.parse("2103-01-01T00:00:00Z").getEpochSecond();

  @Test
  void shouldAgreeWithEveryZoneAtEveryTime() {
    Random random = new Random(SEED);
    int transitions = 0;
    for (String id : ZoneId.getAvailableZoneIds()) {
      ZoneId zone = ZoneId.of(id);
      ZoneOffsets offsets = ZoneOffsets.of(zone);
      for (int i = 0; i < 50; i++) {
        long seconds = random.nextLong(-END / 100, END);
        assertSame(offsets, zone, seconds);
        ZoneOffsetTransition next = zone.getRules().nextTransition(Instant.ofEpochSecond(seconds));
        if (next != null) {
          assertSame(offsets, zone, next.toEpochSecond() - 1);
          assertSame(offsets, zone, next.toEpochSecond());
          transitions++;
        }
      }
    }
    assertThat(transitions).isGreaterThan(1000);
  }

  private static void assertSame(ZoneOffsets offsets, ZoneId zone, long seconds) {
    int total = zone.getRules().getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
    assertThat(offsets.quartersAt(seconds))
        .as("%s at %d, seed %d", zone, seconds, SEED)
        .isEqualTo(Math.floorDiv(total, 900));
    ZoneSpan span = new ZoneSpan();
    offsets.find(seconds, span);
    assertThat(span.quarters()).isEqualTo(offsets.quartersAt(seconds));
    assertThat(span.holds(seconds * 1_000_000) && span.holds(seconds * 1_000_000 + 999_999))
        .isTrue();
  }

  @Test
  void shouldHoldUntilTheClocksChange() {
    ZoneSpan span = new ZoneSpan();
    long change = Instant.parse("2026-10-25T01:00:00Z").getEpochSecond();

    ZoneOffsets.of(ZoneId.of("Europe/Berlin")).find(change, span);

    assertThat(span.quarters()).isEqualTo(4);
    assertThat(span.holds(change * 1_000_000)).isTrue();
    assertThat(span.holds(change * 1_000_000 - 1)).isFalse();
    long next = Instant.parse("2027-03-28T01:00:00Z").getEpochSecond();
    assertThat(span.holds(next * 1_000_000 - 1)).isTrue();
    assertThat(span.holds(next * 1_000_000)).isFalse();
  }

  @Test
  void shouldRoundDownWhatIsNoWholeQuarter() {
    assertThat(ZoneOffsets.of(ZoneId.of("+01:07")).quartersAt(0)).isEqualTo(4);
    assertThat(ZoneOffsets.of(ZoneId.of("-01:07")).quartersAt(0)).isEqualTo(-5);
    assertThat(ZoneOffsets.of(ZoneId.of("-18:00")).quartersAt(END)).isEqualTo(-72);
  }
}
