package vellum.ingest.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The series that a PromQL expression asks for, found by its grammar: a name that is no function,
 * no keyword and no label of a grouping, with the matchers behind it. Stateless.
 */
final class Selectors {

  private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
  private static final Pattern NAME =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\(|\\{[^}]*})?");
  private static final Pattern MATCHER =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
  private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "bool", "offset");

  private Selectors() {}

  /** A series' name, and of each label that is matched, how. */
  record Selector(String name, Map<String, Match> labels) {}

  /** One condition. */
  record Match(String operator, String value) {}

  static List<Selector> of(String expression) {
    String bare = GROUPING.matcher(RANGE.matcher(expression).replaceAll("")).replaceAll(" ");
    List<Selector> selectors = new ArrayList<>();
    Matcher name = NAME.matcher(bare);
    while (name.find()) {
      boolean isFunction = "(".equals(name.group(2));
      boolean isNumber = name.start() > 0 && Character.isDigit(bare.charAt(name.start() - 1));
      if (!isFunction && !isNumber && !KEYWORDS.contains(name.group(1))) {
        selectors.add(new Selector(name.group(1), matches(name.group(2))));
      }
    }
    return selectors;
  }

  private static Map<String, Match> matches(String braces) {
    Map<String, Match> matches = new TreeMap<>();
    Matcher one = MATCHER.matcher(braces == null ? "" : braces);
    while (one.find()) {
      matches.put(one.group(1), new Match(one.group(2), one.group(3)));
    }
    return matches;
  }
}
