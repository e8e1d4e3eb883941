package vellum.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BodyRowsTest {

  private static final String RECORD =
      "{\"foreign_id\":\"f\",\"started_at\":\"2026-11-07T03:14:03.717Z\",\"channel\":\"SMS\"}";

  private static List<Row> rows(BodyRows.Form form, String body, @Nullable String account) {
    BodyRows source = BodyRows.of(form, body.getBytes(StandardCharsets.UTF_8), account);
    List<Row> rows = new ArrayList<>();
    for (Row row = source.next(); row != null; row = source.next()) {
      rows.add(row);
    }
    assertThat(source.next()).isNull();
    return rows;
  }

  private static BadRowCode code(Row row) {
    return ((Row.Bad) row).code();
  }

  @Test
  void shouldMakeTheSameRecordOfEveryForm() {
    String csv = "foreign_id,started_at,channel\nf,2026-11-07T03:14:03.717Z,SMS\n";
    String event =
        "{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"data\":"
            + RECORD
            + "}";
    List<Row> rows = new ArrayList<>();
    rows.addAll(rows(BodyRows.Form.JSON, RECORD, "acme"));
    rows.addAll(rows(BodyRows.Form.JSON, " [" + RECORD + "]\n", "acme"));
    rows.addAll(rows(BodyRows.Form.NDJSON, RECORD, "acme"));
    rows.addAll(rows(BodyRows.Form.CSV, csv, "acme"));
    rows.addAll(rows(BodyRows.Form.EVENTS, event, "acme"));
    rows.addAll(rows(BodyRows.Form.EVENTS, "[" + event + "]", "acme"));

    assertThat(rows).hasSize(6).allMatch(Row.Mapped.class::isInstance);
    assertThat(rows)
        .extracting(row -> ((Row.Mapped) row).record())
        .containsOnly(((Row.Mapped) rows.get(0)).record());
  }

  @Test
  void shouldGoOnBehindABadElement() {
    List<Row> rows =
        rows(BodyRows.Form.JSON, "[7,{\"colour\":1}," + RECORD + ",[]," + RECORD + "]", "acme");

    assertThat(rows).hasSize(5);
    assertThat(code(rows.get(0))).isEqualTo(BadRowCode.BAD_JSON);
    assertThat(code(rows.get(1))).isEqualTo(BadRowCode.UNKNOWN_FIELD);
    assertThat(rows.get(2)).isInstanceOf(Row.Mapped.class);
    assertThat(code(rows.get(3))).isEqualTo(BadRowCode.BAD_JSON);
    assertThat(rows.get(4)).isInstanceOf(Row.Mapped.class);
  }

  @Test
  void shouldBoundAnElement() {
    String large = RECORD.replace("\"f\"", "\"" + "f".repeat(LineReader.MAX_LINE_BYTES) + "\"");

    String wide = RECORD.replace("\"f\"", "\"" + "€".repeat(LineReader.MAX_LINE_BYTES / 3) + "\"");

    List<Row> rows =
        rows(BodyRows.Form.JSON, "[" + large + "," + wide + "," + RECORD + "]", "acme");

    assertThat(code(rows.get(0))).isEqualTo(BadRowCode.ROW_TOO_LARGE);
    assertThat(code(rows.get(1))).as("bytes, not characters").isEqualTo(BadRowCode.ROW_TOO_LARGE);
    assertThat(rows.get(2)).isInstanceOf(Row.Mapped.class);
  }

  @Test
  void shouldRefuseWhatIsNoWholeDocument() {
    for (String broken :
        List.of("", "[", "[" + RECORD, RECORD + RECORD, "[" + RECORD + "]]", "7", "{\"a\":1")) {
      assertThatThrownBy(() -> rows(BodyRows.Form.JSON, broken, "acme"))
          .as(broken)
          .isInstanceOf(ImportException.BrokenDocument.class);
    }
  }

  @Test
  void shouldNameWhatAnEventLacks() {
    String whole =
        "{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"data\":"
            + RECORD
            + "}";
    List<String[]> faults =
        List.of(
            new String[] {"specversion", whole.replace("1.0", "0.3")},
            new String[] {"id", whole.replace("\"id\":\"i\",", "")},
            new String[] {"source", whole.replace("\"s\"", "\"\"")},
            new String[] {"type", whole.replace("\"t\"", "1")},
            new String[] {"data", whole.replace(RECORD, "\"text\"")},
            new String[] {
              "datacontenttype",
              whole.replace("\"data\"", "\"datacontenttype\":\"text/xml\",\"data\"")
            });
    for (String[] fault : faults) {
      Row.Bad bad = (Row.Bad) rows(BodyRows.Form.EVENTS, fault[1], "acme").get(0);
      assertThat(bad.code()).as(fault[0]).isEqualTo(BadRowCode.BAD_EVENT);
      assertThat(bad.field()).isEqualTo(fault[0]);
    }
    assertThat(
            rows(
                BodyRows.Form.EVENTS,
                whole.replace(
                    "\"data\"", "\"datacontenttype\":\"application/x+JSON; a=b\",\"data\""),
                "acme"))
        .allMatch(Row.Mapped.class::isInstance);
  }
}
