package vellum.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.ingest.importer.SampleFile.bad;
import static vellum.ingest.importer.SampleFile.records;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.v1.DetailRecord;

final class FileSourceTest {

  private static final int MANY = 100_000;

  @TempDir Path directory;

  @Test
  void shouldDecompressByTheFirstBytesWhateverTheName() throws IOException {
    // given
    Path plain = SampleFile.of("twilio-messages.json");
    List<Row> expected = SampleFile.rows(plain, ImportOptions.detect());
    Path gz = directory.resolve("data.json");
    Path zst = directory.resolve("data.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
      Files.copy(plain, out);
    }
    try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(zst))) {
      Files.copy(plain, out);
    }
    // when, then
    assertThat(SampleFile.rows(gz, ImportOptions.detect())).isEqualTo(expected);
    assertThat(SampleFile.rows(zst, ImportOptions.detect())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "[]", "\uFEFF[ \n]\n"})
  void shouldSayThatThereIsNothingToImport(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("nothing"), content);
    assertThatThrownBy(() -> FileSource.open(file, ImportOptions.detect()))
        .isInstanceOf(ImportException.Empty.class)
        .hasMessageContaining("nothing to import");
  }

  @Test
  void shouldSayThatAnArchiveIsBroken() throws IOException {
    // given: one whose header is garbled, one cut in its first row, and one that is none
    Path whole = directory.resolve("whole.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      Files.copy(SampleFile.of("records.ndjson"), out);
    }
    byte[] bytes = Files.readAllBytes(whole);
    byte[] garbled = bytes.clone();
    garbled[2] = 99;
    Path head = Files.write(directory.resolve("head.gz"), garbled);
    Path cut = Files.write(directory.resolve("cut.gz"), Arrays.copyOf(bytes, 40));
    Path none = Files.writeString(directory.resolve("none.gz"), "something else");
    // when, then
    for (Path file : List.of(head, cut, none)) {
      assertThatThrownBy(() -> FileSource.open(file, ImportOptions.detect()), file.toString())
          .isInstanceOf(ImportException.BrokenArchive.class)
          .hasMessageContaining("compress");
    }
  }

  @Test
  void shouldKeepTheRowsBeforeBrokenCompression() throws IOException {
    // given
    Path whole = directory.resolve("whole");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      for (int i = 0; i < 20; i++) {
        Files.copy(SampleFile.of("records.ndjson"), out);
      }
    }
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(bytes, bytes.length * 9 / 10));
    // when
    List<Row> rows = SampleFile.rows(cut, ImportOptions.detect());
    // then
    assertThat(records(rows)).hasSizeGreaterThan(50);
    assertThat(bad(rows)).extracting(Row.Bad::code).containsExactly(BadRowCode.BROKEN_FILE);
    assertThat(bad(rows).get(0).line()).isEqualTo(records(rows).size() + 1);
  }

  @Test
  void shouldEndADocumentThatIsCutInsideARow() throws IOException {
    // given
    String json = Files.readString(SampleFile.of("vonage-records.json"));
    // when
    List<Row> rows =
        SampleFile.rows(directory, json.substring(0, json.length() / 2), ImportFormat.VONAGE);
    // then
    assertThat(records(rows)).hasSizeGreaterThan(5);
    assertThat(bad(rows)).extracting(Row.Bad::code).containsExactly(BadRowCode.BROKEN_FILE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "{}",
        "{\"a\":1}",
        "[1,2]",
        "a,b,c\n1,2,3",
        "{\"results\":3}",
        "\u0000\u0001",
        "{\"results\":[{\"a\":1}],\"records\":[{\"a\":1}]}"
      })
  void shouldAskForTheFormatWhenItIsNotPlain(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("f"), content);
    assertThatThrownBy(() -> FileSource.open(file, ImportOptions.detect()))
        .isInstanceOf(ImportException.UnknownFormat.class)
        .hasMessageContaining("ndjson, csv, infobip, twilio, vonage");
  }

  @Test
  void shouldSayWhenADocumentHasNoRows() throws IOException {
    List<Row> rows = SampleFile.rows(directory, "{\"a\":\n[1]}", ImportFormat.INFOBIP);
    assertThat(bad(rows)).extracting(Row.Bad::reason).containsExactly("no array named results");
    assertThat(SampleFile.rows(directory, "{\"results\":[]}", ImportFormat.INFOBIP)).isEmpty();
  }

  @Test
  void shouldPassOverARowThatIsTooLarge() throws IOException {
    // given
    String huge = "{\"x\":[" + "{\"a\":\"0123456789\"},".repeat(20_000) + "1]}";
    String good = Files.readString(SampleFile.of("twilio-calls.json"));
    String json = good.replace("\"calls\": [", "\"calls\": [" + huge + ",");
    // when
    List<Row> rows = SampleFile.rows(directory, json, ImportFormat.TWILIO);
    // then
    assertThat(bad(rows)).extracting(Row.Bad::code).containsExactly(BadRowCode.ROW_TOO_LARGE);
    assertThat(records(rows)).hasSize(24);
    assertThat(bad(rows).get(0).raw().length()).isLessThan(2 * LineReader.MAX_LINE_BYTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"records.ndjson", "records.csv", "twilio-messages.json"})
  void shouldStreamManyRowsWithoutKeepingThem(String sample) throws Exception {
    // given
    Path file = many(sample);
    List<WeakReference<DetailRecord>> early = new ArrayList<>();
    try (FileSource source = FileSource.open(file, ImportOptions.detect())) {
      long rows = 0;
      long ahead = 0;
      for (Row row = source.next(); row != null; row = source.next()) {
        rows++;
        if (row instanceof Row.Mapped mapped && rows <= 1000) {
          early.add(new WeakReference<>(mapped.record()));
        }
        long due = rows * source.bytesTotal() / MANY;
        ahead = Math.max(ahead, Math.abs(source.bytesRead() - due));
      }
      // then
      assertThat(rows).isGreaterThanOrEqualTo(MANY);
      assertThat(ahead).isLessThan(2_000_000);
      assertThat(source.bytesTotal()).isGreaterThan(15_000_000);
      assertCollected(early);
    }
  }

  private static void assertCollected(List<WeakReference<DetailRecord>> references)
      throws InterruptedException {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (references.stream().anyMatch(r -> r.get() != null) && System.nanoTime() < deadline) {
      System.gc();
      Thread.onSpinWait();
    }
    assertThat(references).isNotEmpty().allMatch(r -> r.get() == null);
  }

  /** A file of 100,000 rows: the sample's own, over and over. */
  private Path many(String sample) throws IOException {
    List<Row> rows = SampleFile.rows(SampleFile.of(sample), ImportOptions.detect());
    Path file = directory.resolve("many-" + sample);
    String text = Files.readString(SampleFile.of(sample));
    boolean json = sample.endsWith(".json");
    String header =
        json
            ? "{\"messages\":["
            : sample.endsWith(".csv") ? text.lines().findFirst().get() + "\n" : "";
    try (OutputStream out = new java.io.BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(header.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < MANY; i++) {
        out.write(rows.get(i % rows.size()).raw().getBytes(StandardCharsets.UTF_8));
        out.write((json ? i == MANY - 1 ? "]}" : "," : "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }
}
