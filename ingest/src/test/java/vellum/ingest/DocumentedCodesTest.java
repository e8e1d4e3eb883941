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

/** The tables of docs are whole. */
final class DocumentedCodesTest {

  private final String codes = read("CODES.md");

  private static String read(String document) {
    try {
      return Files.readString(Path.of("..", "docs", document));
    } catch (IOException e) {
      throw new AssertionError("docs/" + document + " is beside the module", e);
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
    String billing = read("BILLING.md");
    assertThat(SuspenseCode.values())
        .allSatisfy(
            code -> assertThat(billing).contains("| `" + code + "` | " + code.number() + " |"));
  }

  @Test
  void shouldDocumentEveryFailureCode() {
    assertThat(Arrays.stream(FailureCode.values()))
        .filteredOn(code -> code != FailureCode.UNRECOGNIZED && code.getNumber() != 0)
        .allSatisfy(code -> assertThat(codes).contains("`" + code + "`"));
  }

  @Test
  void shouldDocumentEveryEventAndEveryReason() {
    String operations = read("OPERATIONS.md");
    assertThat(Event.values())
        .allSatisfy(
            event ->
                assertThat(operations).contains("| `" + event + "` | " + event.meaning() + " |\n"));
    assertThat(Reason.Code.values())
        .allSatisfy(code -> assertThat(operations).contains("| `" + code + "` |"));
  }
}
