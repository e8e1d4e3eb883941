package vellum.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.v1.RejectionCode;

final class BadRowCodeTest {

  @TempDir Path directory;

  /** Looked through by hand: each means the same in both lists. */
  private static final List<String> SAME =
      List.of(
          "BAD_ID",
          "BAD_MCC_MNC",
          "BAD_TEXT",
          "BAD_TIME",
          "ID_TIME_MISMATCH",
          "MISSING_ACCOUNT",
          "MISSING_CHANNEL",
          "MISSING_ID",
          "MISSING_TIME",
          "NEGATIVE_VALUE",
          "UNKNOWN_CURRENCY",
          "UNKNOWN_FIELD");

  @Test
  void shouldShareNamesWithTheServerOnlyWhereTheyMeanTheSame() {
    Set<String> shared = new TreeSet<>();
    EnumSet.allOf(BadRowCode.class).forEach(code -> shared.add(code.name()));
    shared.retainAll(Arrays.stream(RejectionCode.values()).map(Enum::name).toList());

    assertThat(shared).containsExactlyElementsOf(SAME);
  }

  @Test
  void shouldNameAMismatchOfIdAndTimeAsTheServerDoes() throws IOException {
    String head = "{\"record_id\":\"01a1b3ff-bb45-7a98-a9d0-aaa0ac43339f\",\"account\":\"a\",";
    String lines =
        head
            + "\"started_at\":\"2026-11-08T03:14:03.717Z\",\"channel\":\"SMS\"}\n"
            + head
            + "\"started_at\":\"2026-11-07T03:14:03.717Z\"}\n"
            + head
            + "\"foreign_id\":\"f\",\"started_at\":\"2026-11-07T03:14:03.717Z\","
            + "\"channel\":\"SMS\"}\n";

    List<Row> rows = SampleFile.rows(directory, lines, ImportFormat.NDJSON);

    assertThat(SampleFile.bad(rows))
        .extracting(Row.Bad::code)
        .containsExactly(
            BadRowCode.ID_TIME_MISMATCH, BadRowCode.MISSING_CHANNEL, BadRowCode.TWO_IDS);
  }
}
