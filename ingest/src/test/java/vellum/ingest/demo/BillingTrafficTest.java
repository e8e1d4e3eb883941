package vellum.ingest.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;
import vellum.v1.Rating;

final class BillingTrafficTest {

  private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2026-11-11T00:00:00Z");
  private static final GeneratorOptions PLAIN =
      GeneratorOptions.of(6, 20_000, FROM, UNTIL).withAccounts(40).withSubscribers(10_000);
  private static final GeneratorOptions OPTIONS =
      PLAIN.withBilling(new BillingTraffic(0.2, true), 0.1);

  @Test
  void shouldBringLaterVersionsOfAspects() {
    // given
    TrafficGenerator generator = new TrafficGenerator(OPTIONS);
    Set<String> changed = new HashSet<>();
    Map<String, Rating> ratings = new HashMap<>();
    int overtaken = 0;
    int moved = 0;
    // when
    while (generator.next()) {
      DetailRecord record = generator.record();
      assertThat(SchemaRules.broken(record)).as(RecordJson.line(record)).isEmpty();
      if (isChange(record)) {
        changed.add(record.getRecordId());
      }
      if (record.hasRating()) {
        Rating before = ratings.put(record.getRecordId(), record.getRating());
        if (before != null) {
          overtaken += before.getVersion() > record.getRating().getVersion() ? 1 : 0;
          moved += before.getCurrency().equals(record.getRating().getCurrency()) ? 0 : 1;
        }
      }
    }
    // then
    assertThat(changed.size() / 20_000.0).isCloseTo(0.2, within(0.01));
    assertThat(overtaken).as("older ratings that come behind newer ones").isPositive();
    assertThat(moved).as("ratings in another currency").isPositive();
  }

  private static boolean isChange(DetailRecord record) {
    return record.getDelivery().getVersion() > 2
        || record.getRating().getVersion() > 2
        || record.getSubmission().getVersion() > 2
        || record.getLegsList().stream().anyMatch(leg -> leg.getVersion() > 2);
  }

  @Test
  void shouldNeverBringOtherContentUnderTheSameVersion() {
    // given
    TrafficGenerator generator = new TrafficGenerator(OPTIONS);
    Map<String, Object> contents = new HashMap<>();
    // when, then
    while (generator.next()) {
      DetailRecord record = generator.record();
      String id = record.getRecordId();
      if (record.hasRating()) {
        same(contents, id + " rating " + record.getRating().getVersion(), record.getRating());
      }
      if (record.hasDelivery()) {
        same(contents, id + " delivery " + record.getDelivery().getVersion(), record.getDelivery());
      }
      for (Leg leg : record.getLegsList()) {
        same(contents, id + " leg " + leg.getNumber() + " " + leg.getVersion(), leg);
      }
    }
  }

  private static void same(Map<String, Object> contents, String aspect, Object content) {
    Object before = contents.putIfAbsent(aspect, content);
    assertThat(before == null || before.equals(content)).as(aspect).isTrue();
  }

  @Test
  void shouldChargeInTheCurrenciesThatTheRegistryNames() throws IOException {
    // given
    JsonNode registry = new YAMLMapper().readTree(MadeUpRegistry.yaml(OPTIONS));
    Map<String, String> currencies = new HashMap<>();
    Set<String> zones = new HashSet<>();
    Set<String> accounts = new HashSet<>();
    registry
        .path("suppliers")
        .forEach(
            one ->
                currencies.put(
                    one.path("id").textValue(),
                    one.path("terms").get(0).path("currency").textValue()));
    for (JsonNode account : registry.path("accounts")) {
      accounts.add(account.path("id").textValue());
      account.path("terms").forEach(term -> zones.add(term.path("billing_zone").textValue()));
    }
    assertThat(zones)
        .contains("UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York", "Asia/Kathmandu");
    assertThat(registry.path("accounts").get(9).path("terms")).as("one moves").hasSize(2);
    // when
    TrafficGenerator generator = new TrafficGenerator(OPTIONS);
    Set<String> charged = new HashSet<>();
    while (generator.next()) {
      DetailRecord record = generator.record();
      // then
      assertThat(accounts).contains(record.getAccount());
      for (Leg leg : record.getLegsList()) {
        if (!leg.getCurrency().isEmpty()) {
          assertThat(leg.getCurrency()).isEqualTo(currencies.get(leg.getSupplier()));
          charged.add(leg.getCurrency());
        }
      }
    }
    assertThat(charged).hasSizeGreaterThan(5);
  }

  @Test
  void shouldNotTouchTrafficThatAsksForNothing() {
    TrafficGenerator plain = new TrafficGenerator(PLAIN);
    TrafficGenerator none =
        new TrafficGenerator(PLAIN.withBilling(BillingTraffic.NONE, PLAIN.failoverShare()));
    while (plain.next()) {
      assertThat(none.next()).isTrue();
      assertThat(none.record()).isEqualTo(plain.record());
    }
    assertThatThrownBy(() -> new BillingTraffic(1.5, false)).hasMessageContaining("0 to 1: 1.5");
  }
}
