package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.importer.FileSource;
import vellum.ingest.importer.ImportOptions;
import vellum.ingest.importer.Row;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.Submission;

/** The runnable jar from end to end: serve, generate, import, kill, import again, look up. */
final class ServeImportIT {

  private static final int FIRST = 20_000;
  private static final int SECOND = 60_000;
  private static final Pattern DIGITS = Pattern.compile("(?<![0-9a-f])[0-9]{10,17}(?![0-9])");
  private static final List<String> SAMPLES =
      List.of(
          "infobip-sms-logs.json",
          "infobip-calls.json",
          "infobip-email-reports.json",
          "twilio-messages.json",
          "twilio-calls.json",
          "vonage-records.json",
          "vonage-sms.csv");

  private final Terminal terminal = new Terminal();
  private final Set<String> numbers = new HashSet<>();
  @TempDir private Path directory;

  @Test
  void shouldCountEachRecordOnceAfterAKillInTheMiddleOfAnImport() throws Exception {
    // given
    Path data = directory.resolve("data");
    Path log = directory.resolve("server.log");
    terminal.with("VELLUM_DATA", data.toString());
    Path first = generate("first.ndjson.zst", FIRST, 7);
    Path second = generate("second.ndjson.zst", SECOND, 8);
    ServerProcess server = ServerProcess.start(data, log);
    try {
      assertThat(terminal.run("import", first)).as(terminal.err()).isZero();
      assertThat(count()).isEqualTo(FIRST);

      // when: the server is killed in the middle of the second import
      CompletableFuture<Integer> broken =
          CompletableFuture.supplyAsync(
              () ->
                  new Terminal()
                      .with("VELLUM_DATA", data.toString())
                      .run("import", second, "--wait", 3));
      awaitMoreThan(FIRST, data);
      server.kill();
      // then
      assertThat(broken.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.UNREACHABLE);

      // when: it runs again, and so does the import
      server = ServerProcess.start(data, log);
      assertThat(count()).isGreaterThan(FIRST).isLessThan(FIRST + SECOND);
      assertThat(terminal.run("import", second)).as(terminal.err()).isZero();
      // then
      assertThat(count()).isEqualTo(FIRST + SECOND);
      shouldFindTheSamplesRows();
      assertThat(server.stop()).isTrue();
    } finally {
      server.close();
    }
    remember(first);
    remember(second);
    assertThat(numbers).hasSizeGreaterThan(50_000);
    assertThat(data.resolve("log/vellum.json")).as("is searched, too").isNotEmptyFile();
    assertThat(onDisk(data)).isEmpty();
    assertThat(server.log()).doesNotContain("ERROR").doesNotContain("\tat ");
    assertThat(data.resolve("endpoint.json")).doesNotExist();
  }

  /** Each provider's file is imported, and one person of it is found. */
  private void shouldFindTheSamplesRows() throws Exception {
    for (String name : SAMPLES) {
      // given
      Path file = Path.of(ServeImportIT.class.getResource("/samples/" + name).toURI());
      String format = name.substring(0, name.indexOf('-'));
      ImportOptions options = new ImportOptions(null, "acme");
      DetailRecord record = last(file, options);
      Identifier person = record.getSubmission().getRecipient().getIdentifiers(0);
      // when
      int imported = terminal.run("import", file, "--format", format, "--account", "acme");
      assertThat(imported).as(name + ": " + terminal.err()).isZero();
      int found = terminal.run("subject", "find", person.getValue(), "--output", "ndjson");
      // then
      assertThat(found).as(name + ": " + terminal.err()).isZero();
      assertThat(terminal.out()).as(name).contains(record.getRecordId());
      assertThat(terminal.out()).as(name).doesNotContain("\"" + person.getValue() + "\"");
      terminal.run(
          "record",
          "show",
          record.getRecordId(),
          "--reveal",
          "--reason",
          "test",
          "--output",
          "json");
      assertThat(terminal.out()).as(name).contains(record.getRecordId());
      remember(file, options);
    }
  }

  private Path generate(String name, int records, int seed) {
    Path file = directory.resolve(name);
    int exitCode =
        terminal.run(
            "generate",
            "--records",
            records,
            "--seed",
            seed,
            "--subscribers",
            500_000,
            "--output",
            file);
    assertThat(exitCode).as(terminal.err()).isZero();
    return file;
  }

  private long count() {
    assertThat(terminal.run("record", "count")).as(terminal.err()).isZero();
    return Long.parseLong(terminal.out().strip());
  }

  private static void awaitMoreThan(long records, Path data) throws InterruptedException {
    ServerCalls calls = new ServerCalls(Endpoint.of(data));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (calls.get("/v1/records/count").path("records").asLong() <= records) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
  }

  private static DetailRecord last(Path file, ImportOptions options) throws IOException {
    DetailRecord last = DetailRecord.getDefaultInstance();
    try (FileSource source = FileSource.open(file, options)) {
      for (Row row = source.next(); row != null; row = source.next()) {
        DetailRecord record = ((Row.Mapped) row).record();
        if (record.getSubmission().getRecipient().getIdentifiersCount() > 0) {
          last = record;
        }
      }
    }
    return last;
  }

  private void remember(Path file) throws IOException {
    remember(file, ImportOptions.detect());
  }

  private void remember(Path file, ImportOptions options) throws IOException {
    try (FileSource source = FileSource.open(file, options)) {
      for (Row row = source.next(); row != null; row = source.next()) {
        Submission submission = ((Row.Mapped) row).record().getSubmission();
        Stream.of(submission.getSender(), submission.getRecipient())
            .flatMap(party -> party.getIdentifiersList().stream())
            .filter(identifier -> identifier.getKind() == IdentifierKind.E164)
            .forEach(identifier -> numbers.add(identifier.getValue().replace("+", "")));
      }
    }
  }

  /** Files in which a number stands as it was imported, with or without its plus. */
  private Set<String> onDisk(Path data) throws IOException {
    Set<String> found = new HashSet<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(data)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files).hasSizeGreaterThan(5);
    for (Path file : files) {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      Matcher runs = DIGITS.matcher(text);
      while (runs.find()) {
        if (numbers.contains(runs.group())) {
          found.add(data.relativize(file).toString());
        }
      }
    }
    return found;
  }
}
