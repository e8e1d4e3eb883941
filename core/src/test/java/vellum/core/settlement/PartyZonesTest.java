package vellum.core.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.disk.RealDisk;
import vellum.core.registry.RegistryStore;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

final class PartyZonesTest {

  private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
  private static final String YAML =
      """
      format: 1
      accounts:
        - id: kolkata
          terms:
            - {from: 2026-10-01, billing_zone: Asia/Kolkata, currency: INR, law_country: IN}
        - id: moved
          terms:
            - {from: 2026-01-01, billing_zone: Europe/Berlin, currency: EUR, law_country: DE}
            - {from: 2026-10-15, billing_zone: America/New_York, currency: EUR, law_country: DE}
      suppliers: []
      """;

  @TempDir Path directory;

  private static Party account(String id) {
    return new Party(Cube.SALE, id);
  }

  @Test
  void shouldEndAPeriodWhenItIsOverInEveryZoneOfIt() {
    try (Stores stores = new Stores(new RealDisk(), 8 << 20, 1);
        Store control =
            stores.openSynced(directory, RegistryStore.TABLES, StoreOptions.control())) {
      // given
      RegistryStore registry = new RegistryStore(control);
      registry.importYaml(new ByteArrayInputStream(YAML.getBytes(StandardCharsets.UTF_8)));
      PartyZones zones = new PartyZones(registry::registry);
      // then
      assertThat(zones.of(account("kolkata"), OCTOBER)).containsExactly(ZoneId.of("Asia/Kolkata"));
      assertThat(zones.end(account("kolkata"), OCTOBER))
          .isEqualTo(Instant.parse("2026-10-31T18:30:00Z"));
      assertThat(zones.of(account("moved"), OCTOBER))
          .containsExactly(ZoneId.of("Europe/Berlin"), ZoneId.of("America/New_York"));
      assertThat(zones.end(account("moved"), OCTOBER))
          .isEqualTo(Instant.parse("2026-11-01T04:00:00Z"));
      assertThat(zones.of(account("nobody"), OCTOBER)).containsExactly(ZoneId.of("UTC"));
      assertThat(zones.registered(Cube.SALE, YearMonth.of(2026, 9))).containsExactly("moved");
      assertThat(zones.periodOf(account("kolkata"), Instant.parse("2026-10-31T19:00:00Z")))
          .isEqualTo(YearMonth.of(2026, 11));
    }
  }
}
