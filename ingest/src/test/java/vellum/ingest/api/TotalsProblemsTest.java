package vellum.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import vellum.core.billing.TotalsException;

final class TotalsProblemsTest {

  @Test
  void shouldHaveADocumentedCodeForEveryKind() throws IOException {
    String readme = Files.readString(Path.of("..", "docs", "CODES.md"));
    assertThat(TotalsException.class.getPermittedSubclasses()).isNotEmpty();
    for (Class<?> kind : TotalsException.class.getPermittedSubclasses()) {
      assertThat(TotalsProblems.CODES).containsKey(kind.asSubclass(TotalsException.class));
    }
    assertThat(TotalsProblems.CODES.values())
        .doesNotHaveDuplicates()
        .allSatisfy(code -> assertThat(readme).contains("| `" + code + "` |"));
  }
}
