package vellum.ingest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.ingest.importer.FileSource;
import vellum.ingest.importer.ImportFormat;
import vellum.ingest.importer.ImportOptions;
import vellum.ingest.importer.Row;
import vellum.v1.DetailRecord;

final class RecordFileTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"f.ndjson", "f.ndjson.gz", "f.ndjson.zst"})
  void shouldWriteWhatTheImporterReads(String name) throws IOException {
    // given
    TrafficGenerator generator =
        new TrafficGenerator(
            GeneratorOptions.of(
                6,
                500,
                Instant.parse("2026-11-01T00:00:00Z"),
                Instant.parse("2026-11-02T00:00:00Z")));
    Path path = directory.resolve(name);
    List<DetailRecord> written = new ArrayList<>();
    // when
    try (RecordFile file = RecordFile.create(path)) {
      while (generator.next()) {
        file.write(generator.record());
        written.add(generator.record());
      }
    }
    // then
    List<DetailRecord> read = new ArrayList<>();
    try (FileSource source = FileSource.open(path, ImportOptions.detect())) {
      assertThat(source.format()).isEqualTo(ImportFormat.NDJSON);
      for (Row row = source.next(); row != null; row = source.next()) {
        read.add(((Row.Mapped) row).record());
      }
    }
    assertThat(read).isEqualTo(written);
    boolean plain =
        new String(Files.readAllBytes(path), java.nio.charset.StandardCharsets.ISO_8859_1)
            .startsWith("{");
    assertThat(plain).isEqualTo(name.endsWith(".ndjson"));
  }
}
