package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.journal.DataLock;

final class ScanCommandTest {

  private static final String NUMBER = "491701234567";

  private final Terminal terminal = new Terminal();
  @TempDir private Path home;
  private Path data;
  private Path values;

  @BeforeEach
  void prepare() throws IOException {
    data = Files.createDirectories(home.resolve("data/keys")).getParent();
    Files.writeString(data.resolve("keys/a.key"), "nothing");
    values = Files.writeString(home.resolve("values"), "anna@mail.example\n+" + NUMBER + "\n");
  }

  private int scan(Object... more) {
    Object[] words = new Object[6 + more.length];
    System.arraycopy(
        new Object[] {"retention", "scan", "--values", values, "--data", data}, 0, words, 0, 6);
    System.arraycopy(more, 0, words, 6, more.length);
    return terminal.run(words);
  }

  @Test
  void shouldEndWith0WhenNothingIsThereAndLeaveTheDirectoryAsItIs() {
    assertThat(scan()).isZero();
    assertThat(terminal.err()).contains("none found in 1 file of 7 B");
    assertThat(data.resolve("lock")).doesNotExist();
  }

  @Test
  void shouldTellFileOffsetFormAndLineAndNeverTheValue() throws IOException {
    // given
    Files.writeString(data.resolve("keys/a.key.tmp"), "wrapped for " + NUMBER);
    // when, then
    assertThat(scan()).isEqualTo(5);
    assertThat(terminal.out().lines())
        .containsExactly(
            "FILE            TABLE  OFFSET  FORM        LINE",
            "keys/a.key.tmp             12  plain text     2");
    assertThat(terminal.err()).contains("plain text: 1 hit").contains("found in 2 files");
    assertThat(scan("--output", "ndjson")).isEqualTo(5);
    assertThat(terminal.out().strip())
        .isEqualTo(
            "{\"file\":\"keys/a.key.tmp\",\"table\":\"\",\"offset\":12,\"form\":\"plain text\","
                + "\"line\":2}");
    assertThat(terminal.out() + terminal.err()).doesNotContain(NUMBER);
  }

  @Test
  void shouldSayThatRowsAreNotSearchedWhileAServerHasTheDirectory() {
    try (DataLock held = DataLock.acquire(data)) {
      assertThat(held).isNotNull();
      assertThat(scan()).isZero();
      assertThat(terminal.err()).contains("rows inside compressed files are not searched");
    }
    assertThat(scan()).isZero();
    assertThat(terminal.err()).doesNotContain("not searched");
  }

  @Test
  void shouldSearchACopyWhoseServersCertificateIsElsewhere() throws IOException {
    // given
    DataLock.acquire(data).close();
    Files.writeString(
        data.resolve("endpoint.json"),
        "{\"http\":\"127.0.0.1:1\",\"tcp\":\"127.0.0.1:1\",\"certificate\":\"%s\"}"
            .formatted(home.resolve("elsewhere.pem")));
    Files.writeString(data.resolve("token"), "a-token");

    // when, then
    assertThat(scan()).as(terminal.err()).isZero();
    assertThat(terminal.err()).doesNotContain("not searched");
  }

  @Test
  void shouldAnswerBadInputInOneLine() throws IOException {
    Files.writeString(values, "12\n");
    assertThat(scan()).isEqualTo(2);
    assertThat(terminal.err()).contains("line 1 of the values");
    values = Files.writeString(data.resolve("inside"), NUMBER);
    assertThat(scan()).isEqualTo(2);
    assertThat(terminal.err()).contains("move them elsewhere");
    data = home.resolve("absent");
    assertThat(scan()).isEqualTo(2);
    assertThat(terminal.err()).contains("there is no directory");
  }
}
