package vellum.ingest.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vellum.core.record.IpAddress;
import vellum.core.record.RecordId;
import vellum.v1.UsageRecord;

final class UsageGeneratorTest {

  private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2026-11-08T00:00:00Z");

  private static UsageGenerator.Options options(long seed, long events) {
    return new UsageGenerator.Options(seed, events, FROM, UNTIL, List.of("acme", "b-2"), 10);
  }

  private static List<UsageRecord> all(long seed) {
    UsageGenerator generator = new UsageGenerator(options(seed, 2_000));
    List<UsageRecord> events = new ArrayList<>();
    while (generator.next()) {
      events.add(generator.event());
    }
    return events;
  }

  @Test
  void shouldMakeTheSameEventsOfTheSameSeed() {
    assertThat(all(7)).hasSize(2_000).isEqualTo(all(7)).isNotEqualTo(all(8));
  }

  @Test
  void shouldMakeEventsInOrderOfTimeThatAServerTakes() {
    long last = 0;
    for (UsageRecord event : all(7)) {
      long micros = Timestamps.toMicros(event.getAt());
      assertThat(micros).isGreaterThanOrEqualTo(last).isLessThan(UNTIL.toEpochMilli() * 1000);
      assertThat(RecordId.millis(UUID.fromString(event.getEventId()))).isEqualTo(micros / 1000);
      assertThat(IpAddress.canonical(event.getIp())).isNotNull();
      last = micros;
    }
  }

  @Test
  void shouldRefuseWhatCannotBeMade() {
    assertThatThrownBy(() -> options(7, -1)).hasMessage("events must be 0 to 1000000000: -1");
  }
}
