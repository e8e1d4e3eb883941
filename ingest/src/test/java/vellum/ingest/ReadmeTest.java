package vellum.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import vellum.core.log.Event;
import vellum.core.seal.SuspenseCode;
import vellum.ingest.api.Reason;
import vellum.v1.FailureCode;
import vellum.v1.RejectionCode;

/** The README's tables are whole. */
final class ReadmeTest {

  private final String readme = read();

  private static String read() {
    try {
      return Files.readString(Path.of("..", "README.md"));
    } catch (IOException e) {
      throw new AssertionError("README.md is one directory above the module", e);
    }
  }

  @Test
  void shouldDocumentEveryRejectionCode() {
    assertThat(Arrays.stream(RejectionCode.values()))
        .filteredOn(code -> code != RejectionCode.UNRECOGNIZED && code.getNumber() != 0)
        .allSatisfy(code -> assertThat(readme).contains("`" + code + "`"));
  }

  @Test
  void shouldDocumentEveryCodeOfSuspenseWithItsNumber() {
    assertThat(SuspenseCode.values())
        .allSatisfy(
            code -> assertThat(readme).contains("| `" + code + "` | " + code.number() + " |"));
  }

  @Test
  void shouldDocumentEveryFailureCode() {
    assertThat(Arrays.stream(FailureCode.values()))
        .filteredOn(code -> code != FailureCode.UNRECOGNIZED && code.getNumber() != 0)
        .allSatisfy(code -> assertThat(readme).contains("`" + code + "`"));
  }

  @Test
  void shouldDocumentEveryEventAndEveryReason() throws IOException {
    String operations = Files.readString(Path.of("..", "docs", "OPERATIONS.md"));
    assertThat(Event.values())
        .allSatisfy(
            event ->
                assertThat(operations).contains("| `" + event + "` | " + event.meaning() + " |\n"));
    assertThat(Reason.Code.values())
        .allSatisfy(code -> assertThat(operations).contains("| `" + code + "` |"));
  }
}
