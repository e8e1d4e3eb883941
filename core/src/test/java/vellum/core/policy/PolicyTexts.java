package vellum.core.policy;

import java.util.List;

/** Policies for tests. */
final class PolicyTexts {

  static final List<String> DEFAULT_LINES =
      List.of(
          "format: 1",
          "classes:",
          "  - name: default",
          "    identities: 12 months",
          "    traffic: 10 years",
          "    usage: 36 months",
          "    content: instruction",
          "    verified: true",
          "    source: notice");

  private PolicyTexts() {}

  /** The default class (lines 1 to 9) and, from line 10 on, lines of further classes. */
  static String withClasses(String... lines) {
    return String.join("\n", DEFAULT_LINES) + "\n" + String.join("\n", lines) + "\n";
  }

  /** A class of four lines and more: name, source, verified, and what else is given. */
  static String one(String name, String... lines) {
    StringBuilder text = new StringBuilder("  - name: ").append(name).append('\n');
    text.append("    verified: false\n    source: test\n");
    for (String line : lines) {
      text.append("    ").append(line).append('\n');
    }
    return text.toString();
  }

  static RetentionPolicy policy(String... classes) {
    return RetentionPolicy.parse(text(classes));
  }

  static String text(String... classes) {
    return String.join("\n", DEFAULT_LINES) + "\n" + String.join("", classes);
  }
}
