package vellum.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The relative links of the documents below a directory, as they are.
 *
 * @param all how many there are
 * @param broken those to files or headings that are not there
 */
public record DocumentLinks(int all, List<String> broken) {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]*)(?:#([^)\\s]+))?\\)");

  /** Looks at the documents beside each other in a root, in docs and in bench. */
  public static DocumentLinks below(Path root) throws IOException {
    int all = 0;
    List<String> broken = new ArrayList<>();
    for (Path document : documents(root)) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        if (!link.group(1).startsWith("http")) {
          all++;
          if (isBroken(document, link.group(1), link.group(2))) {
            broken.add(root.relativize(document) + ": " + link.group());
          }
        }
      }
    }
    return new DocumentLinks(all, broken);
  }

  private static List<Path> documents(Path root) throws IOException {
    List<Path> documents = new ArrayList<>();
    for (String directory : List.of(".", "docs", "bench")) {
      try (Stream<Path> files = Files.list(root.resolve(directory))) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
      }
    }
    return documents;
  }

  private static boolean isBroken(Path document, String path, String heading) throws IOException {
    Path target = path.isEmpty() ? document : document.resolveSibling(path);
    return !Files.exists(target) || (heading != null && !anchors(target).contains(heading));
  }

  private static List<String> anchors(Path document) throws IOException {
    return Files.readAllLines(document).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .toList();
  }
}
