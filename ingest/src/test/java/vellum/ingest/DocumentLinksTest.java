package vellum.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a document of the project links to is there, headings too. */
final class DocumentLinksTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]*)(?:#([^)\\s]+))?\\)");

  @Test
  void shouldLinkToWhatIsThere() throws IOException {
    // given
    List<Path> documents = new ArrayList<>();
    for (String directory : List.of(".", "docs", "bench")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(directory))) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
      }
    }
    List<String> broken = new ArrayList<>();
    int links = 0;
    // when
    for (Path document : documents) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        if (!link.group(1).startsWith("http")) {
          links++;
          Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
          if (!Files.exists(target)
              || (link.group(2) != null && !anchors(target).contains(link.group(2)))) {
            broken.add(document + ": " + link.group());
          }
        }
      }
    }
    // then
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(30);
  }

  private static List<String> anchors(Path document) throws IOException {
    return Files.readAllLines(document).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .toList();
  }
}
