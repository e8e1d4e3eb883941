package vellum.ingest.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vellum.core.policy.PolicyException;
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
    Settings given;
    try {
      given = Settings.given(NodeConfig.sections(), file, environment, flags);
    } catch (NodeException.BadConfig e) {
      return new EffectiveConfig(List.of(), List.of(String.valueOf(e.getMessage())));
    }
    List<String> problems = ofSections(given);
    if (!problems.isEmpty()) {
      return new EffectiveConfig(List.of(), problems);
    }
    try {
      NodeConfig config = NodeConfig.of(given);
      problems.addAll(ofNamedFiles(config));
      return new EffectiveConfig(problems.isEmpty() ? rows(config, given) : List.of(), problems);
    } catch (NodeException.BadConfig e) {
      return new EffectiveConfig(List.of(), List.of(String.valueOf(e.getMessage())));
    }
  }

  /** Of each section its first problem. */
  private static List<String> ofSections(Settings given) {
    List<String> problems = new ArrayList<>();
    for (Section<?> section : NodeConfig.sections()) {
      section.problem(given, NodeConfig.defaults().settings()).ifPresent(problems::add);
    }
    return problems;
  }

  private static List<String> ofNamedFiles(NodeConfig config) {
    List<String> problems = new ArrayList<>();
    tell(problems, () -> config.suspense().read());
    tell(problems, () -> config.access().read());
    tell(problems, () -> readPolicy(config.retention().policy()));
    return problems;
  }

  private static void readPolicy(Path policy) {
    if (policy.toString().isEmpty()) {
      return;
    }
    try {
      Keeping.requireProfiles(RetentionPolicy.parse(Files.readString(policy)));
    } catch (IOException e) {
      throw new UncheckedIOException("retention.policy: " + policy + " cannot be read", e);
    } catch (PolicyException | IllegalArgumentException e) {
      throw new NodeException.BadConfig("retention.policy: " + policy + ": " + e.getMessage(), e);
    }
  }

  private static void tell(List<String> problems, Runnable reading) {
    try {
      reading.run();
    } catch (NodeException.BadConfig | UncheckedIOException e) {
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
