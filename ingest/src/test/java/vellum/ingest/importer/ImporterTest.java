package vellum.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.v1.DetailRecord;

final class ImporterTest {

  @TempDir Path directory;

  /** Answers at the flush, from another thread, as a client of the server does. */
  private static final class LateSink implements RecordSink {
    private final RejectionListener rejections;
    private final long refusedRow;
    private final List<DetailRecord> records = new ArrayList<>();
    private boolean flushed;

    LateSink(RejectionListener rejections, long refusedRow) {
      this.rejections = rejections;
      this.refusedRow = refusedRow;
    }

    @Override
    public void send(DetailRecord record, long row) {
      records.add(record);
    }

    @Override
    public void flush() {
      Thread answers =
          new Thread(() -> rejections.rejected(refusedRow, "TIME_TOO_OLD", "month is stripped"));
      answers.start();
      try {
        answers.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      flushed = true;
    }
  }

  @Test
  void shouldSendWhatMapsAndWriteDownWhatDoesNot() throws IOException {
    // given
    Path sample = SampleFile.of("twilio-messages-bad.json");
    Path rejects = directory.resolve("rejects.tsv");
    List<LateSink> sinks = new ArrayList<>();
    List<Long> progress = new ArrayList<>();
    // when
    ImportReport report;
    try (RejectsFile file = RejectsFile.create(rejects)) {
      report =
          new Importer(
                  () -> FileSource.open(sample, ImportOptions.detect()),
                  rejections -> {
                    sinks.add(new LateSink(rejections, 9));
                    return sinks.get(0);
                  },
                  file,
                  (read, total, rows) -> progress.add(read))
              .run();
    }
    // then
    assertThat(report.read()).isEqualTo(9);
    assertThat(report.sent()).isEqualTo(2);
    assertThat(report.unmappableRows()).isEqualTo(7);
    assertThat(report.unmappable()).containsEntry("BAD_TIME", 1L).containsEntry("NOT_STARTED", 1L);
    assertThat(report.rejected()).isEqualTo(Map.of("TIME_TOO_OLD", 1L));
    assertThat(report.complete()).isFalse();
    assertThat(sinks.get(0).records).hasSize(2);
    assertThat(sinks.get(0).flushed).isTrue();
    assertThat(progress).containsExactly(Files.size(sample));
    assertRejects(rejects);
  }

  private static void assertRejects(Path rejects) throws IOException {
    List<String> lines = Files.readAllLines(rejects);
    assertThat(lines).hasSize(2 + 7 + 1);
    assertThat(lines.get(0)).startsWith("# WARNING").contains("clear text");
    assertThat(lines.get(2))
        .startsWith("31\tBAD_TIME\tdate_created\tnot a date and time\t{\"sid\":");
    assertThat(lines.get(9)).matches("\\d+\tTIME_TOO_OLD\t\tmonth is stripped\t\\{\"sid\".*");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rejects)))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldTellProgressAsItGoes() throws IOException {
    // given
    Path file = directory.resolve("many.ndjson");
    String text = Files.readString(SampleFile.of("records.ndjson"));
    Files.writeString(file, text.repeat(100));
    List<Long> progress = new ArrayList<>();
    // when
    ImportReport report =
        new Importer(
                () -> FileSource.open(file, ImportOptions.detect()),
                rejections -> new LateSink(rejections, 0),
                (line, code, field, reason, raw) -> {},
                (read, total, rows) -> progress.add(read * 100 / total))
            .run();
    // then
    assertThat(report.sent()).isEqualTo(3000);
    assertThat(progress).hasSize(3000 / Importer.PROGRESS_ROWS + 1).isSorted().endsWith(100L);
  }

  @Test
  void shouldLeaveAnOlderRejectsFileAlone() throws IOException {
    Path file = Files.writeString(directory.resolve("rejects"), "precious");
    assertThatThrownBy(() -> RejectsFile.create(file))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.readString(file)).isEqualTo("precious");
  }

  @Test
  void shouldKeepARejectedRowOnOneLine() throws IOException {
    // given
    Path path = directory.resolve("rejects");
    // when
    try (RejectsFile file = RejectsFile.create(path)) {
      file.rejected(3, "BAD_CSV", "", "r", "a\tb\nc\\d\r");
    }
    // then
    assertThat(Files.readAllLines(path).get(2)).isEqualTo("3\tBAD_CSV\t\tr\ta\\tb\\nc\\\\d\\r");
  }
}
