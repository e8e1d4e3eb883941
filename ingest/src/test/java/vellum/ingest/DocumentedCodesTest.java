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

/** The tables of docs/CODES.md and docs/OPERATIONS.md are whole. */
final class DocumentedCodesTest {

  private final String codes = read();

  private static String read() {
    try {
      return Files.readString(Path.of("..", "docs", "CODES.md"));
    } catch (IOException e) {
      throw new AssertionError("docs/CODES.md is beside the module", e);
    }
  }

  @Test
  void shouldDocumentEveryRejectionCode() {
    assertThat(Arrays.stream(RejectionCode.values()))
        .filteredOn(code -> code != RejectionCode.UNRECOGNIZED && code.getNumber() != 0)
        .allSatisfy(code -> assertThat(codes).contains("`" + code + "`"));
  }

  @Test
  void shouldDocumentEveryCodeOfSuspenseWithItsNumber() {
    assertThat(SuspenseCode.values())
        .allSatisfy(
            code -> assertThat(codes).contains("| `" + code + "` | " + code.number() + " |"));
  }

  @Test
  void shouldDocumentEveryFailureCode() {
    assertThat(Arrays.stream(FailureCode.values()))
        .filteredOn(code -> code != FailureCode.UNRECOGNIZED && code.getNumber() != 0)
        .allSatisfy(code -> assertThat(codes).contains("`" + code + "`"));
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
