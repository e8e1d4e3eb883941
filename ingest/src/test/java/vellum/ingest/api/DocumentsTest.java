package vellum.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class DocumentsTest {

  private final byte[] yaml = Documents.description();
  private final String page = new String(DocumentPage.of(yaml), StandardCharsets.UTF_8);

  @Test
  void shouldShowEveryOperationAndSchema() throws IOException {
    for (Description.Operation one : new Description(yaml).operations()) {
      assertThat(page).contains("<details id=\"" + one.id() + "\">").contains(one.path());
    }
    assertThat(page).contains("<details id=\"Taken\">", "href=\"#Taken\"");
  }

  @Test
  void shouldFetchNothing() {
    assertThat(page).doesNotContain("<script", "<link", "<img", "@import", "url(", "src=");
    assertThat(Pattern.compile("href=\"(?!#|/openapi\\.yaml\")").matcher(page).find()).isFalse();
  }

  @Test
  void shouldEscapeWhatItShows() {
    byte[] odd =
        "info: {title: \"<b>&\", description: \"<script>\"}\npaths: {}\n"
            .getBytes(StandardCharsets.UTF_8);

    assertThat(new String(DocumentPage.of(odd), StandardCharsets.UTF_8))
        .contains("&lt;b&gt;&amp;", "&lt;script&gt;")
        .doesNotContain("<script>", "<b>");
  }
}
