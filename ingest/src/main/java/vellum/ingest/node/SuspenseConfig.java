package vellum.ingest.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import vellum.core.policy.PolicyException;
import vellum.core.policy.SuspenseFile;
import vellum.core.seal.SuspenseRules;

/**
 * Where the rules of suspense come from, at every start.
 *
 * @param rules their file; empty: the built-in ones, which {@code config/suspense.yaml} shows
 */
public record SuspenseConfig(Path rules) {

  private static final int MAX_BYTES = 4 << 20;

  /** The defaults. */
  public static SuspenseConfig defaults() {
    return new SuspenseConfig(Path.of(""));
  }

  /**
   * Reads the rules.
   *
   * @throws NodeException.BadConfig naming the file, and in it line and field
   */
  SuspenseRules read() {
    if (rules.toString().isEmpty()) {
      return SuspenseRules.DEFAULTS;
    }
    try {
      if (Files.size(rules) > MAX_BYTES) {
        throw new NodeException.BadConfig(
            "suspense.rules: " + rules + " must have at most " + MAX_BYTES + " bytes");
      }
      return SuspenseFile.read(Files.readString(rules));
    } catch (PolicyException e) {
      throw new NodeException.BadConfig("suspense.rules: " + rules + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("suspense.rules: " + rules + " cannot be read", e);
    }
  }
}
