package vellum.ingest.node;

import java.nio.file.Path;
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
    return new NamedFile("suspense.rules", rules, MAX_BYTES)
        .read(SuspenseRules.DEFAULTS, SuspenseFile::read);
  }
}
