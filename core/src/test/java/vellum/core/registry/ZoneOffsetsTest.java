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
  }

  @Test
  void shouldRoundDownWhatIsNoWholeQuarter() {
    assertThat(ZoneOffsets.of(ZoneId.of("+01:07")).quartersAt(0)).isEqualTo(4);
    assertThat(ZoneOffsets.of(ZoneId.of("-01:07")).quartersAt(0)).isEqualTo(-5);
    assertThat(ZoneOffsets.of(ZoneId.of("-18:00")).quartersAt(END)).isEqualTo(-72);
  }
}
