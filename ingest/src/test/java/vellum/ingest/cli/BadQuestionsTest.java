package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;

/** What the commands of billing refuse, at a node where nobody is registered; it is 21 November. */
final class BadQuestionsTest {

  private static final String DAYS = " --from 2026-10-01 --to 2026-11-01";

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;
  private Node node;

  @BeforeEach
  void start() throws IOException {
    node = NodeFixture.open(directory.resolve("data"));
    terminal.with("VELLUM_DATA", directory.resolve("data").toString());
    October.send(terminal, directory, October.message("acme", 1, 1, 7));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private Path into() {
    return directory.resolve("export");
  }

  private int run(String words) {
    return terminal.run((Object[]) words.replace("INTO", "--into " + into()).strip().split(" +"));
  }

  private void refused(String words, int exitCode, String message) {
    assertThat(run(words)).as(words + ": " + terminal.err()).isEqualTo(exitCode);
    assertThat(terminal.err()).as(words).contains(message);
    assertThat(into()).as(words).doesNotExist();
  }

  @Test
  void shouldNameWhomNobodyKnows() {
    // given: accounts are known by their records
    List<String> account =
        List.of(
            "total list --where account=%s" + DAYS,
            "export records INTO --account %s" + DAYS,
            "export records INTO --where account=%s" + DAYS,
            "export totals INTO --account %s" + DAYS,
            "record list --account %s" + DAYS,
            "record list --billing-from 2026-10-01 --billing-to 2026-11-01 --where account=%s",
            "posting list --account %s --period 2026-11",
            "period list --account %s",
            "suspense list --account %s");
    List<String> supplier =
        List.of(
            "total list --cube cost --where supplier=%s" + DAYS,
            "export records INTO --cube cost --where supplier=%s" + DAYS,
            "export totals INTO --cube cost --where supplier=%s" + DAYS,
            "posting list --supplier %s",
            "period list --supplier %s");
    for (String words : account) {
      // when, then
      String sought = "account nobody is not registered, and nothing of it is kept";
      refused(words.formatted("nobody"), ExitCode.FAILED, sought);
      if (words.contains("where")) {
        refused(words.formatted("acme,nobody"), ExitCode.FAILED, sought);
      }
    }
    for (String words : supplier) {
      refused(words.formatted("nobody"), ExitCode.FAILED, "supplier nobody is not registered");
    }
    // and when, then
    for (String words : account) {
      String known = words.formatted("acme") + (words.contains("INTO") ? " --restart" : "");
      assertThat(run(known)).as(known + ": " + terminal.err()).isZero();
    }
    for (String words : supplier) {
      String known = words.formatted("tele-x") + (words.contains("INTO") ? " --restart" : "");
      assertThat(run(known)).as(known + ": " + terminal.err()).isZero();
    }
  }

  @Test
  void shouldRefuseDaysOfWhichNothingIsKept() {
    List<String> questions =
        List.of(
            "total list --from %s --to %s",
            "export records INTO --from %s --to %s",
            "export totals INTO --from %s --to %s",
            "record list --account acme --billing-from %s --billing-to %s");
    for (String words : questions) {
      refused(words.formatted("2016-10-01", "2026-10-02"), ExitCode.USAGE, "at most 10 years");
      refused(
          words.formatted("2011-10-01", "2012-10-01"),
          ExitCode.USAGE,
          "nothing is kept from before 2015-12-31");
      refused(words.formatted("2026-10-02", "2026-10-02"), ExitCode.USAGE, "must be before");
      refused(words.formatted("2026-10-02", "2026-10-01"), ExitCode.USAGE, "must be before");
    }
  }

  @Test
  void shouldLeaveTheExportThatLiesThereWhenTheNextIsRefused() throws IOException {
    // given
    assertThat(run("export records INTO" + DAYS)).as(terminal.err()).isZero();
    Path manifest = into().resolve("manifest.json");
    String before = Files.readString(manifest);
    // when, then
    assertThat(run("export records INTO --restart --account nobody" + DAYS)).isNotZero();
    assertThat(manifest).hasContent(before);
    assertThat(run("export verify " + into())).as(terminal.err()).isZero();
    // and when: a file is in the way
    Path file = Files.writeString(directory.resolve("file"), "mine");
    assertThat(run("export records" + DAYS + " --into " + file)).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("is no directory");
    assertThat(file).hasContent("mine");
  }

  @Test
  void shouldRefuseFilesOfNoRows() {
    for (String rows : List.of("0", "-5", "500001")) {
      String words = "export records INTO --part-rows " + rows + DAYS;
      refused(words, ExitCode.USAGE, "--part-rows must be 1 to 500,000");
    }
  }
}
