package vellum.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsageSourceTest {

  private static final String EVENT =
      "{\"event_id\":\"019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55\",\"at\":\"2026-11-20T12:00:00Z\","
          + "\"account\":\"acme\",\"actor\":\"jane\",\"action\":\"login\",\"ip\":\"::1\"}";

  @TempDir Path directory;

  private static List<Row> rows(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (UsageSource source = UsageSource.open(file)) {
      for (Row row = source.next(); row != null; row = source.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  @Test
  void shouldReadAnEventALineAndNameBadLines() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("usage.ndjson"),
            EVENT
                + "\n\n"
                + "{\"at\":\"soon\"}\n"
                + "{\"event_id\":\"x\",\"recipient\":\"jane\"}\n"
                + "[]\n"
                + "jane\n"
                + EVENT);

    List<Row> rows = rows(file);

    assertThat(rows).hasSize(6);
    assertThat(((Row.Usage) rows.get(0)).event().getActor()).isEqualTo("jane");
    assertThat(rows.subList(1, 5))
        .extracting(
            row -> row.line() + " " + ((Row.Bad) row).code() + " " + ((Row.Bad) row).field())
        .containsExactly(
            "3 BAD_VALUE at", "4 UNKNOWN_FIELD recipient", "5 BAD_JSON ", "6 BAD_JSON ");
    assertThat(rows.get(5)).isInstanceOf(Row.Usage.class);
    assertThat(rows.toString()).doesNotContain("jane");
  }

  @Test
  void shouldReadACompressedFile() throws IOException {
    Path file = directory.resolve("usage.ndjson.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((EVENT + "\n" + EVENT + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    assertThat(rows(file)).hasSize(2).allMatch(Row.Usage.class::isInstance);
  }
}
