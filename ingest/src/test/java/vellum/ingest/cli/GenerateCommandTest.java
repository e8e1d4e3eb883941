package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.importer.FileSource;
import vellum.ingest.importer.ImportOptions;
import vellum.ingest.importer.Row;

final class GenerateCommandTest {

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;

  private int generate(Path file) {
    return terminal.run(
        "generate", "--records", 500, "--seed", 7, "--subscribers", 2000, "--output", file);
  }

  @Test
  void shouldWriteAFileThatTheImporterReads() throws IOException {
    for (String name : new String[] {"f.ndjson", "f.ndjson.gz", "f.ndjson.zst"}) {
      // given
      Path file = directory.resolve(name);
      // when
      assertThat(generate(file)).isZero();
      // then
      Set<String> ids = new HashSet<>();
      try (FileSource source = FileSource.open(file, ImportOptions.detect())) {
        for (Row row = source.next(); row != null; row = source.next()) {
          ids.add(((Row.Mapped) row).record().getRecordId());
        }
      }
      assertThat(ids).hasSize(500);
      assertThat(terminal.err()).contains("500 distinct records in ");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void shouldWriteTheSameForTheSameSeedAndCloseAnOpenFile() throws IOException {
    // given
    Path one = directory.resolve("one");
    Path two = Files.writeString(directory.resolve("two"), "open to all");
    Files.setPosixFilePermissions(two, PosixFilePermissions.fromString("rw-r--r--"));
    // when
    generate(one);
    generate(two);
    // then
    assertThat(two).hasSameBinaryContentAs(one);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(two)))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldWriteTheRegistryOfTheTraffic() throws IOException {
    // given
    Path registry = directory.resolve("accounts.yaml");
    // when
    int exitCode =
        terminal.run(
            "generate",
            "--records",
            100,
            "--accounts",
            12,
            "--subscribers",
            2000,
            "--changes",
            0.5,
            "--carrier-currencies",
            "--registry",
            registry,
            "--output",
            directory.resolve("records.ndjson"));
    // then
    assertThat(exitCode).as(terminal.err()).isZero();
    assertThat(Files.readString(registry))
        .contains("  - id: acct-00012\n", "billing_zone: Asia/Kathmandu", "  - id: carrier-24\n")
        .doesNotContain("acct-00013");
    assertThat(
            terminal.run(
                "generate",
                "--records",
                1,
                "--changes",
                2,
                "--output",
                directory.resolve("none.ndjson")))
        .isEqualTo(2);
  }

  @Test
  void shouldWriteToStandardOutput() {
    assertThat(generate(Path.of("-"))).isZero();
    assertThat(terminal.out().lines()).hasSizeGreaterThan(500).allMatch(l -> l.startsWith("{"));
  }
}
