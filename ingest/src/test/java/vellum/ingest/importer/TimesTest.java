package vellum.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimesTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-03T10:15:30Z, 2026-11-03T10:15:30Z",
    "2026-11-03T10:15:30.123+0000, 2026-11-03T10:15:30.123Z",
    "2026-11-03T10:15:30.123456789+01:00, 2026-11-03T09:15:30.123456Z",
    "2026-11-03T07:15:30-0300, 2026-11-03T10:15:30Z",
    "2026-11-03 10:15:30, 2026-11-03T10:15:30Z",
    "2026-11-03 10:15:30 +0000, 2026-11-03T10:15:30Z",
    "'Tue, 03 Nov 2026 10:15:30 +0000', 2026-11-03T10:15:30Z",
    "'Tue, 3 Nov 2026 10:15:30 GMT', 2026-11-03T10:15:30Z"
  })
  void shouldReadEverySpelling(String text, Instant expected) {
    long micros = Times.micros(text, "at");
    assertThat(Instant.EPOCH.plus(micros, ChronoUnit.MICROS)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-02-30T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "2026-11-03",
        "20261103T101530Z",
        "1793700930",
        "Mon, 03 Nov 2026 10:15:30 +0000",
        "2026-11-03T10:15:30+99:00",
        "999999999-01-01T00:00:00Z"
      })
  void shouldRefuseWhatIsNoTime(String text) {
    assertThatThrownBy(() -> Times.micros(text, "at"))
        .isInstanceOf(BadRow.class)
        .hasMessageStartingWith("BAD_TIME in at");
  }
}
