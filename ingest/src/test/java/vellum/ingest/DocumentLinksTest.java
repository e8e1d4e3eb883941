package vellum.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Whatever a document of the project links to is there, headings too. */
final class DocumentLinksTest {

  @Test
  void shouldLinkToWhatIsThere() throws IOException {
    DocumentLinks links = DocumentLinks.below(Path.of(".."));
    assertThat(links.broken()).isEmpty();
    assertThat(links.all()).isGreaterThan(30);
  }
}
