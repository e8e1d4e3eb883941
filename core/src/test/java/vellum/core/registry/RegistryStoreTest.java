package vellum.core.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.core.record.AccountId;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.v1.Channel;

final class RegistryStoreTest {

  private static final Path SAMPLE = Path.of("..", "config", "accounts.yaml");
  private static final long MAY_2026 = micros("2026-05-01T00:00:00Z");

  @TempDir private Path directory;
  private Stores stores;
  private Store store;
  private RegistryStore registry;

  @BeforeEach
  void open() {
    stores = new Stores(new RealDisk(), 8 << 20, 1);
    store =
        stores.openSynced(
            directory.resolve("control"), RegistryStore.TABLES, StoreOptions.control());
    registry = new RegistryStore(store);
  }

  @AfterEach
  void close() {
    store.close();
    stores.close();
  }

  @Test
  void shouldImportTheSample() throws IOException {
    // when
    Imported imported = importSample();
    // then
    assertThat(imported).isEqualTo(new Imported(10, 0, 0));
    Registry now = registry.registry();
    assertThat(now.accounts()).extracting(a -> a.id().value()).isSorted().hasSize(8);
    assertThat(now.suppliers())
        .extracting(Supplier::id)
        .containsExactly("bharat-carrier", "transit-one");
    Account kolkata = now.account("kolkata-express");
    assertThat(kolkata.isBusinessSender("+913340001200", MAY_2026)).isTrue();
    assertThat(kolkata.isBusinessSender("+913340001200", micros("2026-06-30T18:30:00Z"))).isFalse();
    assertThat(kolkata.isBusinessSender("+913340001300", micros("2026-06-30T18:30:00Z"))).isTrue();
    assertThat(kolkata.termsAt(MAY_2026).freeTextClean()).isTrue();
    assertThat(kolkata.terms().get(0).from()).isEqualTo(Instant.parse("2024-03-31T18:30:00Z"));
    assertThat(now.account("spreebank").termsAt(MAY_2026).content())
        .isEqualTo(new ContentInstruction(90));
    assertThat(now.account("outback-air").termsAt(MAY_2026).content())
        .isEqualTo(new ContentInstruction(30, Map.of(Channel.EMAIL, 365, Channel.VOICE, 0)));
    assertThat(now.account("a-7c41f0").termsAt(MAY_2026).naturalPerson()).isTrue();
    assertThat(now.account("fjord-energi").termsAt(MAY_2026).lawCountry()).isEqualTo("NO");
    assertThat(now.account("ride-zagreb").isBusinessSender("+38516001001", MAY_2026)).isFalse();
    assertThat(now.supplier("bharat-carrier").termsAt(MAY_2026).currency()).isEqualTo("INR");
    assertThat(now.account("nobody")).isNull();
  }

  @Test
  void shouldCountWhatAnImportChanges() throws IOException {
    // given
    importSample();
    // when
    Imported again = importSample();
    Imported changed =
        imported(
            """
            format: 1
            suppliers:
              - id: transit-one
                terms: [{from: 2022-01-01, zone: UTC, currency: USD}]
            """);
    // then
    assertThat(again).isEqualTo(new Imported(0, 0, 10));
    assertThat(changed).isEqualTo(new Imported(0, 1, 0));
    assertThat(registry.registry().accounts()).hasSize(8);
  }

  @Test
  void shouldSurviveARestart() throws IOException {
    // given
    importSample();
    registry.put(account("späti", "EUR"));
    registry.put(
        new Supplier("third", List.of(new SupplierTerms(Instant.EPOCH, ZoneId.of("UTC"), "USD"))));
    Registry before = registry.registry();
    // when
    store.close();
    store =
        stores.openSynced(
            directory.resolve("control"), RegistryStore.TABLES, StoreOptions.control());
    Registry after = new RegistryStore(store).registry();
    // then
    assertThat(after.accounts()).isEqualTo(before.accounts()).hasSize(9);
    assertThat(after.suppliers()).isEqualTo(before.suppliers()).hasSize(3);
  }

  @Test
  void shouldNotChangeASnapshotThatSomebodyHolds() {
    // given
    registry.put(account("acme", "EUR"));
    Registry held = registry.registry();
    // when
    registry.put(account("acme", "USD"));
    // then
    assertThat(held.account("acme").terms().get(0).currency()).isEqualTo("EUR");
    assertThat(registry.registry().account("acme").terms().get(0).currency()).isEqualTo("USD");
  }

  @Test
  void shouldShowNothingThatCouldNotBeWritten() {
    // given
    store.close();
    // when and then
    assertThatThrownBy(() -> registry.put(account("acme", "EUR"))).hasMessageContaining("closed");
    assertThat(registry.registry().account("acme")).isNull();
  }

  @Test
  void shouldImportNothingOfAFileWithAFault() {
    // when
    assertThatThrownBy(
            () ->
                imported(
                    """
                    format: 1
                    suppliers:
                      - id: good
                        terms: [{from: 2022-01-01, zone: UTC, currency: USD}]
                      - id: bad
                        terms: [{from: 2022-01-01, zone: UTC, currency: MOON}]
                    """))
        // then
        .isInstanceOf(RegistryException.Invalid.class)
        .hasMessageStartingWith("line 5: suppliers[1]: terms[0]: currency must be");
    assertThat(registry.registry().suppliers()).isEmpty();
    assertThat(store.get(RegistryStore.SUPPLIERS, "good".getBytes(UTF_8))).isNull();
  }

  @Test
  void shouldRefuseARowOfANewerFormatOrADamagedOne() {
    put("{\"format\":2,\"account\":{\"novel\":true},\"more\":1}");
    assertThatThrownBy(() -> new RegistryStore(store))
        .isInstanceOf(RegistryException.WrongFormat.class)
        .hasMessage("a row has format 2, this version reads 1 to 1");
    for (String damaged :
        List.of("", "{", "{\"format\":1}", "{\"format\":1,\"account\":{\"x\":1}}")) {
      put(damaged);
      assertThatThrownBy(() -> new RegistryStore(store))
          .isInstanceOf(RegistryException.Corrupt.class);
    }
  }

  private void put(String row) {
    StoreBatch batch = store.batch();
    batch.put(RegistryStore.ACCOUNTS, "x".getBytes(UTF_8), row.getBytes(UTF_8));
    store.write(batch);
  }

  private Imported importSample() throws IOException {
    try (InputStream in = Files.newInputStream(SAMPLE)) {
      return registry.importYaml(in);
    }
  }

  private Imported imported(String yaml) {
    return registry.importYaml(new ByteArrayInputStream(yaml.getBytes(UTF_8)));
  }

  private static Account account(String id, String currency) {
    return new Account(
        AccountId.of(id),
        List.of(AccountTest.terms(Instant.EPOCH, currency)),
        SenderInventory.EMPTY);
  }

  private static long micros(String instant) {
    return Micros.of(Instant.parse(instant));
  }
}
