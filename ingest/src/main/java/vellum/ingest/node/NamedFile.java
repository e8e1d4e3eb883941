package vellum.ingest.node;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vellum.core.policy.PolicyException;

/**
 * A text file that a setting names, read at every start. Immutable.
 *
 * @param setting {@code retention.policy}
 * @param path empty: none is named
 * @param mostBytes it may have
 */
record NamedFile(String setting, Path path, int mostBytes) {

  /** Whether there is one. */
  boolean isNamed() {
    return !path.toString().isEmpty();
  }

  /**
   * Its text; null when none is named.
   *
   * @throws NodeException.BadConfig naming setting and file
   */
  @Nullable String text() {
    if (!isNamed()) {
      return null;
    }
    try {
      if (Files.size(path) > mostBytes) {
        throw wrong(": must have at most " + mostBytes + " bytes", null);
      }
      return Files.readString(path);
    } catch (NoSuchFileException e) {
      throw wrong(" cannot be read: there is no such file", e);
    } catch (AccessDeniedException e) {
      throw wrong(" cannot be read: no permission", e);
    } catch (IOException e) {
      throw wrong(" cannot be read: " + e.getClass().getSimpleName(), e);
    }
  }

  /**
   * What it says.
   *
   * @param otherwise when none is named
   * @param reader of its text
   * @throws NodeException.BadConfig naming setting and file, and in it line and field
   */
  <T> T read(T otherwise, Function<String, T> reader) {
    String text = text();
    try {
      return text == null ? otherwise : reader.apply(text);
    } catch (PolicyException | IllegalArgumentException e) {
      throw wrong(": " + e.getMessage(), e);
    }
  }

  private NodeException.BadConfig wrong(String what, @Nullable Throwable cause) {
    String message = setting + ": " + path + what;
    return cause == null
        ? new NodeException.BadConfig(message)
        : new NodeException.BadConfig(message, cause);
  }
}
