package vellum.core.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.core.record.MonthId;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

/** The periods of holds beside the others, in one data directory. */
final class VaultMonthsTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final MonthId MONTH = MonthId.parse("2026-11.default");
  private static final MonthId VAULT = MonthId.hold(YearMonth.of(2026, 11), "7r3kx9pw");

  @TempDir Path data;
  private Stores stores;
  private Store control;
  private Catalog catalog;
  private Catalog catalogOfHolds;

  @BeforeEach
  void open() {
    stores = new Stores(new RealDisk(), 8 << 20, 1);
    control =
        stores.openSynced(
            data.resolve("control"), List.of(Catalog.TABLE, Catalog.HOLDS), StoreOptions.control());
    catalog = new Catalog(control);
    catalogOfHolds = new Catalog(control, Catalog.HOLDS);
  }

  @AfterEach
  void close() {
    control.close();
    stores.close();
  }

  private Months start(Catalog of) {
    return new Months(
        new Directories(data, new RealDisk()),
        of,
        month -> Optional.empty(),
        (place, tables) ->
            stores.open(
                place.directory(),
                tables,
                StoreOptions.otherMonth().withBuffers(1 << 20, 1 << 20, 1 << 20)),
        () -> NOW,
        4);
  }

  @Test
  void shouldKnowNothingOfEachOther() throws IOException {
    // given
    try (Months months = start(catalog);
        Months vaults = start(catalogOfHolds)) {
      months.make(MONTH);
      vaults.make(VAULT);
    }
    Path surplus = Files.createDirectories(data.resolve("holds/2026-10.hold-00000000"));

    // when
    try (Months months = start(catalog)) {
      // then
      assertThat(months.months()).containsExactly(MONTH);
      assertThat(surplus).exists();
    }
    try (Months vaults = start(catalogOfHolds)) {
      assertThat(vaults.months()).containsExactly(VAULT);
      assertThat(surplus).doesNotExist();
      assertThat(data.resolve("live/2026-11.default")).exists();
    }
  }

  @Test
  void shouldTakeNoPeriodOfTheOther() {
    try (Months months = start(catalog);
        Months vaults = start(catalogOfHolds)) {
      assertThatThrownBy(() -> months.hold(VAULT)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> vaults.hold(MONTH)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldGiveBothToWhoWritesBoth() {
    // given
    try (Months months = start(catalog);
        Months vaults = start(catalogOfHolds)) {
      vaults.make(VAULT);
      RecordStore both = new JoinedStore(months, vaults);

      // when
      try (RecordStore.Hold month = both.hold(MONTH);
          RecordStore.Hold vault = both.hold(VAULT)) {
        // then
        assertThat(month.month().hasCells()).isTrue();
        assertThat(vault.month().hasCells()).isFalse();
        assertThat(vault.month().owner()).isEqualTo(Stage.Owner.LIVE);
      }
      assertThat(both.months()).containsExactly(MONTH, VAULT);
      assertThat(months.months()).containsExactly(MONTH);
    }
  }
}
