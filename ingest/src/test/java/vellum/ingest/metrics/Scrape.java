package vellum.ingest.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What /metrics answered: Prometheus's text format 0.0.4, read by its rules. Immutable. */
final class Scrape {

  private static final Pattern HEAD = Pattern.compile("# (HELP|TYPE) (\\S+) (.*)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"([^\"]*)\",?");

  /** By name; a histogram's has one entry. */
  final Map<String, Family> families = new TreeMap<>();

  /** By the name that a query uses. */
  final Map<String, List<Sample>> samples = new TreeMap<>();

  /** A metric as it is documented. */
  static final class Family {
    String help = "";
    String type = "";
  }

  /** One number. */
  record Sample(Map<String, String> labels, double value) {}

  private Scrape() {}

  static Scrape read(String text) {
    Scrape scrape = new Scrape();
    text.lines().forEach(scrape::line);
    return scrape;
  }

  private void line(String line) {
    Matcher head = HEAD.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (head.matches()) {
      Family family = families.computeIfAbsent(head.group(2), any -> new Family());
      if (head.group(1).equals("HELP")) {
        family.help = head.group(3);
      } else {
        family.type = head.group(3);
      }
    } else if (sample.matches()) {
      Map<String, String> labels = new TreeMap<>();
      Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
      samples
          .computeIfAbsent(sample.group(1), any -> new ArrayList<>())
          .add(new Sample(labels, Double.parseDouble(sample.group(3).replace("Inf", "Infinity"))));
    } else {
      throw new AssertionError("not a line of the text format: " + line);
    }
  }

  /** The one value of a metric with these labels. */
  double value(String name, String... labels) {
    double sum = 0;
    int found = 0;
    for (Sample sample : samples.getOrDefault(name, List.of())) {
      boolean fits = true;
      for (int i = 0; i < labels.length; i += 2) {
        fits &= labels[i + 1].equals(sample.labels().get(labels[i]));
      }
      if (fits) {
        sum += sample.value();
        found++;
      }
    }
    if (found == 0) {
      throw new AssertionError(name + " is not there");
    }
    return sum;
  }

  /** The same of what is counted. */
  long count(String name, String... labels) {
    return Math.round(value(name, labels));
  }

  /** The family's labels, without those that its type brings. */
  List<String> labels(String family) {
    TreeSet<String> names = new TreeSet<>();
    samples.forEach(
        (name, all) -> {
          if (name.equals(family) || name.startsWith(family + "_")) {
            boolean isOther = !name.equals(family) && families.containsKey(name);
            all.stream()
                .filter(one -> !isOther)
                .forEach(one -> names.addAll(one.labels().keySet()));
          }
        });
    names.removeAll(List.of("le", "quantile"));
    return List.copyOf(names);
  }
}
