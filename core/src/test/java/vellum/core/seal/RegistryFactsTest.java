package vellum.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.core.record.CanonicalIdentity;
import vellum.core.registry.RegistryStore;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.v1.IdentifierKind;

final class RegistryFactsTest {

  private static final String YAML =
      """
      format: 1
      accounts:
        - id: acme
          terms:
            - from: 2025-01-01
              billing_zone: UTC
              currency: EUR
              law_country: DE
            - from: 2026-01-01
              billing_zone: UTC
              currency: EUR
              law_country: FR
              free_text_clean: true
          business_senders:
            - value: "+493012345678"
              until: 2026-06-01
      """;

  @TempDir private Path directory;

  @Test
  void shouldAnswerByTheTimeOfTheCommunication() {
    try (Stores stores = new Stores(new RealDisk(), 1 << 20, 1);
        Store control =
            stores.openSynced(
                directory.resolve("control"), RegistryStore.TABLES, StoreOptions.control())) {
      // given
      RegistryStore registry = new RegistryStore(control);
      RegistryFacts facts = new RegistryFacts(registry::registry);
      byte[] number = "+493012345678".getBytes(StandardCharsets.US_ASCII);
      CanonicalIdentity identity =
          new CanonicalIdentity().read(IdentifierKind.E164_VALUE, number, 0, number.length);
      assertThat(facts.isBusinessSender("acme", identity, at("2026-05-01"))).isFalse();

      // when
      registry.importYaml(new ByteArrayInputStream(YAML.getBytes(StandardCharsets.UTF_8)));

      // then
      assertThat(facts.isBusinessSender("acme", identity, at("2026-05-31"))).isTrue();
      assertThat(facts.isBusinessSender("acme", identity, at("2026-06-01"))).isFalse();
      assertThat(facts.isBusinessSender("other", identity, at("2026-05-31"))).isFalse();
      assertThat(facts.freeTextIsClear("acme", at("2025-05-01"))).isFalse();
      assertThat(facts.freeTextIsClear("acme", at("2026-05-01"))).isTrue();
      assertThat(facts.lawCountry("acme", at("2024-05-01"))).isEmpty();
      assertThat(facts.lawCountry("acme", at("2025-05-01"))).isEqualTo("DE");
      assertThat(facts.lawCountry("acme", at("2026-05-01"))).isEqualTo("FR");
      assertThat(facts.lawCountry("other", at("2026-05-01"))).isEmpty();
    }
  }

  private static long at(String date) {
    return Instant.parse(date + "T00:00:00Z").getEpochSecond() * 1_000_000;
  }
}
