package vellum.core.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vellum.core.crypto.KeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.RealDisk;
import vellum.core.record.MonthId;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

/** Which directories there are, after a start and when a month is first used. */
final class MonthsTest {

  private static final MonthId MONTH = MonthId.parse("2025-03.default");
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir Path data;
  private Stores stores;
  private Store control;
  private Catalog catalog;
  private final Map<MonthId, KeyRing.Destroyed> destroyed = new HashMap<>();

  @BeforeEach
  void open() {
    stores = new Stores(new RealDisk(), 8 << 20, 1);
    control =
        stores.openSynced(data.resolve("control"), List.of(Catalog.TABLE), StoreOptions.control());
    catalog = new Catalog(control);
  }

  @AfterEach
  void close() {
    control.close();
    stores.close();
  }

  private Months start() {
    return new Months(
        new Directories(data, new RealDisk()),
        catalog,
        month -> Optional.ofNullable(destroyed.get(month)),
        (place, tables) ->
            stores.open(
                place.directory(),
                tables,
                StoreOptions.otherMonth().withBuffers(1 << 20, 1 << 20, 1 << 20)),
        () -> NOW,
        4);
  }

  private void move(MonthId month, Stage stage) {
    catalog.move(month, new Catalog.Entry(stage, NOW, 0), batch -> {});
  }

  private Path make(String directory) throws IOException {
    return Files.createDirectories(data.resolve(directory));
  }

  /**
   * What is left of live, archive and making, as letters, or what is missing. VERIFIED takes the
   * directory in the making for the archive.
   */
  @ParameterizedTest(name = "{0}: of {1} stays {2}")
  @CsvSource({
    "MAKING, LA, LA",
    "LIVE, L, L",
    "LIVE, LAM, L",
    "SEALING_STOPPED, LAM, L",
    "KEY_DESTROYED, LAM, L",
    "REWRITING, LAM, LM",
    "VERIFIED, LA, LA",
    "VERIFIED, LM, LA",
    "VERIFIED, LAM, LA",
    "SWITCHED, LAM, LA",
    "SWITCHED, A, A",
    "REMOVED, LAM, A",
    "BACKUPS_REWRITTEN, LA, A",
    "ARCHIVED, LAM, A",
    "EXPIRING, LAM, A",
    "EXPIRING, -, -",
    "EXPIRED, LAM, -",
  })
  void shouldLeaveWhatTheStageAllows(Stage stage, String there, String left) throws IOException {
    // given
    for (String place : there.split("")) {
      place(place, true);
    }
    move(MONTH, stage);

    // when
    start().close();

    // then
    StringBuilder found = new StringBuilder();
    for (String place : List.of("L", "A", "M")) {
      found.append(Files.exists(place(place, false)) ? place : "");
    }
    assertThat(found.isEmpty() ? "-" : found.toString()).isEqualTo(left);
  }

  private Path place(String letter, boolean make) throws IOException {
    String path =
        switch (letter) {
          case "L" -> "live/2025-03.default";
          case "A" -> "archive/2025.default/03";
          case "M" -> "archive/2025.default/03.making";
          default -> "live";
        };
    return make ? make(path) : data.resolve(path);
  }

  @ParameterizedTest
  @CsvSource({
    "LIVE, A",
    "KEY_DESTROYED, A",
    "REWRITING, M",
    "VERIFIED, A",
    "VERIFIED, L",
    "SWITCHED, L",
    "ARCHIVED, L",
  })
  void shouldRefuseAMonthWhoseDirectoryIsMissing(Stage stage, String there) throws IOException {
    place(there, true);
    move(MONTH, stage);

    assertThatThrownBy(this::start)
        .isInstanceOf(PeriodException.MonthMissing.class)
        .hasMessageContaining("03");
  }

  @Test
  void shouldDeleteWhatTheCatalogDoesNotName() throws IOException {
    // given
    move(MONTH, Stage.ARCHIVED);
    make("archive/2025.default/03");
    List<Path> unnamed =
        List.of(
            make("live/2026-01.default"),
            make("live/lost+found"),
            make("archive/2025.default/04"),
            make("archive/2024.default/03"),
            make("usage/2026-01"),
            make("content/2026-01-05"));

    // when
    start().close();

    // then
    assertThat(unnamed).noneMatch(Files::exists);
    assertThat(data.resolve("archive/2025.default/03")).isDirectory();
  }

  @ParameterizedTest
  @CsvSource({"live/2026-01.default", "archive/2025.default/03", "usage/2026-01"})
  void shouldDeleteNothingWhenTheCatalogIsEmpty(String directory) throws IOException {
    Path there = make(directory);

    assertThatThrownBy(this::start).isInstanceOf(PeriodException.CatalogMissing.class);
    assertThat(there).isDirectory();
  }

  @Test
  void shouldMakePeriodsOfOtherKinds() {
    MonthId usage = MonthId.usage(YearMonth.of(2026, 11));
    MonthId content = MonthId.content(LocalDate.of(2026, 12, 5));
    try (Months months = start()) {
      assertThat(months.make(usage)).isEqualTo(data.resolve("usage/2026-11")).isDirectory();
      assertThat(months.make(content)).isEqualTo(data.resolve("content/2026-12-05")).isDirectory();
      assertThat(months.months()).containsExactly(usage, content);
      try (RecordStore.Hold held = months.hold(usage)) {
        assertThat(held.month().owner()).isEqualTo(Stage.Owner.LIVE);
      }
      assertThatThrownBy(() -> months.hold(MONTH.year()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    try (Months again = start()) {
      assertThat(data.resolve("usage/2026-11")).isDirectory();
      move(usage, Stage.EXPIRED);
      assertThatThrownBy(() -> again.make(usage)).isInstanceOf(PeriodException.Gone.class);
    }
    start().close();
    assertThat(data.resolve("usage/2026-11")).doesNotExist();
  }

  @Test
  void shouldFinishAMonthWhoseMakingWasInterrupted() throws IOException {
    // given
    catalog.add(MONTH, NOW);
    make("live/2025-03.default");
    destroyed.put(MONTH, new KeyRing.Destroyed("none", NOW, KeyEncryption.Erasure.LOGICAL));

    // when
    try (Months months = start();
        RecordStore.Hold hold = months.hold(MONTH)) {

      // then
      assertThat(hold.month().owner()).isEqualTo(Stage.Owner.ARCHIVE);
      assertThat(catalog.entry(MONTH).orElseThrow().stage()).isEqualTo(Stage.ARCHIVED);
    }
    start().close();
    assertThat(data.resolve("live/2025-03.default")).doesNotExist();
  }

  @Test
  void shouldMakeAMonthLiveWhoseKeyDiedBeforeItsFirstRecordsWereApplied() {
    // given
    destroyed.put(
        MONTH, new KeyRing.Destroyed("00112233445566aa", NOW, KeyEncryption.Erasure.LOGICAL));
    // when
    try (Months months = start();
        RecordStore.Hold hold = months.hold(MONTH)) {
      // then
      assertThat(hold.month().owner()).isEqualTo(Stage.Owner.LIVE);
    }
    try (Months again = start();
        RecordStore.Hold hold = again.hold(MONTH)) {
      assertThat(hold.month().owner()).isEqualTo(Stage.Owner.LIVE);
      assertThat(catalog.entry(MONTH).orElseThrow().stage()).isEqualTo(Stage.LIVE);
    }
  }

  @Test
  void shouldOpenMonthsBesideEachOther() {
    try (Months months = start()) {
      try (RecordStore.Hold first = months.hold(MONTH);
          RecordStore.Hold second = months.hold(MONTH)) {
        assertThat(first.month()).isSameAs(second.month());
        assertThat(first.month().owner()).isEqualTo(Stage.Owner.LIVE);
      }
      for (int month = 4; month <= 9; month++) {
        months.hold(MonthId.parse("2025-0" + month + ".default")).close();
      }
      assertThat(months.trim()).isEqualTo(3);
      assertThat(months.trim()).isZero();
    }
  }
}
