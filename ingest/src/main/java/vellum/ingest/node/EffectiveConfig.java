package vellum.ingest.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vellum.core.policy.RetentionPolicy;

/**
 * A configuration as a server would take it, with where each setting comes from, and everything
 * that is wrong with it. Immutable.
 *
 * @param settings in the order of {@code config/vellum.yaml}; empty when it is wrong
 * @param problems what is wrong, each naming place and setting; empty when a server would start
 *     with it
 */
public record EffectiveConfig(List<Setting> settings, List<String> problems) {

  private static final String DEFAULT = "default";
  private static final String REDACTED = "(redacted)";
  private static final Set<String> PAIR = Set.of("node", "journal");
  private static final Pattern SECRET =
      Pattern.compile(".*(password|passphrase|secret|token|pin)(_value)?");

  /**
   * One setting.
   *
   * @param key {@code journal.ack}
   * @param value as the file may spell it; {@code (redacted)} of a secret that is set
   * @param source {@code default}, the file and its line, the variable, or the flag
   * @param live whether a running server takes it over at SIGHUP
   */
  public record Setting(String key, String value, String source, boolean live) {}

  /** Reads the configuration as {@link NodeConfig#load} does, and the files that it names. */
  public static EffectiveConfig read(
      @Nullable Path file, Map<String, String> environment, List<String> flags) {
    return read(file, environment, flags, (config, wrong) -> List.of());
  }

  /**
   * The same with what else a start would refuse: other files and directories that are not there or
   * not good, and where it listens.
   */
  public static EffectiveConfig atStart(
      @Nullable Path file,
      Map<String, String> environment,
      List<String> flags,
      InstantSource clock) {
    return read(file, environment, flags, (config, wrong) -> ofStart(config, wrong, clock));
  }

  private static EffectiveConfig read(
      @Nullable Path file,
      Map<String, String> environment,
      List<String> flags,
      BiFunction<NodeConfig, Set<String>, List<String>> more) {
    Settings given;
    try {
      given = Settings.given(NodeConfig.sections(), file, environment, flags);
    } catch (NodeException.BadConfig e) {
      return new EffectiveConfig(List.of(), List.of(String.valueOf(e.getMessage())));
    }
    List<String> problems = new ArrayList<>();
    Set<String> wrong = ofSections(given, problems);
    NodeConfig config = usable(given, wrong, problems);
    problems.addAll(ofNamedFiles(config));
    problems.addAll(more.apply(config, wrong));
    return new EffectiveConfig(problems.isEmpty() ? rows(config, given) : List.of(), problems);
  }

  /** Tells of each section its first problem; returns those that have one. */
  private static Set<String> ofSections(Settings given, List<String> problems) {
    Set<String> wrong = new HashSet<>();
    for (Section<?> section : NodeConfig.sections()) {
      section
          .problem(given, NodeConfig.defaults().settings())
          .ifPresent(
              problem -> {
                problems.add(problem);
                wrong.add(section.name());
              });
    }
    return wrong;
  }

  /** What there is to look at further: sections that are wrong have their defaults in it. */
  private static NodeConfig usable(Settings given, Set<String> wrong, List<String> problems) {
    try {
      return NodeConfig.of(given.without(wrong));
    } catch (NodeException.BadConfig e) {
      // What two sections say does not go together.
      if (Collections.disjoint(wrong, PAIR)) {
        problems.add(String.valueOf(e.getMessage()));
      }
      wrong.addAll(PAIR);
      return NodeConfig.of(given.without(wrong));
    }
  }

  private static List<String> ofNamedFiles(NodeConfig config) {
    List<String> problems = new ArrayList<>();
    tell(problems, () -> config.suspense().read());
    tell(problems, () -> config.access().read());
    tell(
        problems,
        () ->
            config
                .retention()
                .policyFile()
                .read(
                    "",
                    text -> {
                      Keeping.requireProfiles(RetentionPolicy.parse(text));
                      return text;
                    }));
    return problems;
  }

  /** Whether somebody has a token is known to a start only; without a data directory nobody has. */
  private static List<String> ofStart(NodeConfig config, Set<String> wrong, InstantSource clock) {
    List<String> problems = new ArrayList<>(StartCheck.problems(config, wrong));
    tell(problems, () -> Securing.check(config.tls(), clock));
    if (!wrong.contains("node")) {
      ofData(config.node(), problems);
    }
    if (Collections.disjoint(wrong, Set.of("node", "access", "ingest", "http", "tls"))) {
      boolean callers =
          Files.exists(config.node().data().resolve("control"))
              || !config.access().certificates().toString().isEmpty();
      problems.addAll(Exposure.problems(config, config.tls().isOn(), callers));
    }
    return problems;
  }

  /** Of a data directory that is there. Whether it may be written is left to who starts. */
  private static void ofData(RunConfig node, List<String> problems) {
    if (!Files.exists(node.data())) {
      return;
    }
    try {
      DirectoryCheck.owned(node.data().toAbsolutePath(), problems);
      KeyCheck.missing(node.kekFile(), node.keys()).ifPresent(problems::add);
    } catch (IOException e) {
      // Another user's, who will be told.
    }
  }

  private static void tell(List<String> problems, Runnable reading) {
    try {
      reading.run();
    } catch (NodeException.BadConfig e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private static List<Setting> rows(NodeConfig config, Settings given) {
    List<Setting> rows = new ArrayList<>();
    config
        .settings()
        .forEach(
            (key, value) -> {
              Settings.Given where = given.given(key);
              rows.add(
                  new Setting(
                      key,
                      shown(key, value),
                      where == null ? DEFAULT : where.place(),
                      LiveConfig.LIVE.contains(key)));
            });
    return rows;
  }

  /** A setting's value as it may be shown. */
  static String shown(String key, String value) {
    return SECRET.matcher(key).matches() && !value.isEmpty() ? REDACTED : value;
  }
}
