package vellum.ingest.terminal;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Asks a person for a secret, of which nothing is shown while it is typed. */
@FunctionalInterface
public interface SecretPrompt {

  /**
   * Asks.
   *
   * @return what was typed, which the caller overwrites; null when the input ended
   */
  char @Nullable [] ask(String question);

  /**
   * The person at the standard input of this process; null when it is a file or a pipe, or when
   * what is typed there could not be hidden.
   *
   * @param screen of the command
   */
  static @Nullable SecretPrompt of(Screen screen) {
    Console console = screen.inIsTerminal() ? System.console() : null;
    return console == null ? null : question -> console.readPassword("%s: ", question);
  }
}
