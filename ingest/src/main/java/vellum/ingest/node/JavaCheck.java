package vellum.ingest.node;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the Java runtime is one that Vellum runs on. Stateless.
 *
 * <p>Least versions: 17.0.13, 21.0.5 and 25.0.3. Before them, AES intrinsics gave wrong output or
 * read out of bounds (JDK-8292158, JDK-8330611; JDK-8371864 for AES-GCM, which TLS uses).
 */
final class JavaCheck {

  private static final int OLDEST = 17;
  private static final int UNSAFE_FLAG_SINCE = 24;
  private static final String UNSAFE_FLAG = "--sun-misc-unsafe-memory-access=allow";
  private static final Map<Integer, Runtime.Version> LEAST =
      Map.of(
          17, Runtime.Version.parse("17.0.13"),
          21, Runtime.Version.parse("21.0.5"),
          25, Runtime.Version.parse("25.0.3"));

  /** What the manifest and the argument files open to Chronicle; jdk.compiler's are not used. */
  private static final List<String> OPENS =
      List.of("java.io", "java.lang", "java.lang.reflect", "java.util");

  private static final List<String> EXPORTS =
      List.of("jdk.internal.misc", "jdk.internal.ref", "jdk.internal.util", "sun.nio.ch");

  private JavaCheck() {}

  static void version(Runtime.Version version, List<String> problems, List<String> warnings) {
    int feature = version.feature();
    Runtime.Version least = LEAST.get(feature);
    if (feature < OLDEST || (least != null && version.compareToIgnoreOptional(least) < 0)) {
      problems.add(
          "Java "
              + version
              + " is too old: its AES has known faults. Install at least "
              + (least == null ? LEAST.get(OLDEST) : least)
              + " and set JAVA_HOME to it");
    } else if (least == null) {
      warnings.add("Java " + version + " is not tested: 17 and 25 are");
    }
  }

  static void flags(List<String> problems) {
    flags(
        JavaCheck.class.getModule(),
        Runtime.version().feature(),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        problems);
  }

  static void flags(Module ours, int feature, List<String> arguments, List<String> problems) {
    Optional<Module> base = ModuleLayer.boot().findModule("java.base");
    if (base.isEmpty()) {
      return;
    }
    for (String name : OPENS) {
      if (!base.get().isOpen(name, ours)) {
        problems.add(missing("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
      }
    }
    for (String name : EXPORTS) {
      if (base.get().getPackages().contains(name) && !base.get().isExported(name, ours)) {
        problems.add(missing("--add-exports=java.base/" + name + "=ALL-UNNAMED"));
      }
    }
    if (feature >= UNSAFE_FLAG_SINCE && !arguments.contains(UNSAFE_FLAG)) {
      problems.add(missing(UNSAFE_FLAG));
    }
  }

  private static String missing(String flag) {
    return "Java lacks the flag "
        + flag
        + ": start with ./vellum, or with java @config/jvm17.args (jvm25.args from Java 24 on)";
  }
}
