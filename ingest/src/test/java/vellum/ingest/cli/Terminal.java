package vellum.ingest.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import vellum.ingest.terminal.Screen;

/** Runs commands in this process, and keeps what they print. Not thread-safe. */
final class Terminal {

  private static final Instant NOW = Instant.parse("2026-11-20T12:34:56Z");

  /** Later from run to run: an import's epoch is its time. */
  private static final AtomicLong RUNS = new AtomicLong();

  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String input = "";
  private boolean person;

  Terminal with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Terminal typing(String text) {
    input = text;
    return this;
  }

  /** Both outputs go to a terminal. */
  Terminal person() {
    person = true;
    return this;
  }

  int run(Object... arguments) {
    out.reset();
    err.reset();
    Screen screen =
        new Screen(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            person,
            person);
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    return Vellum.run(screen, InstantSource.fixed(NOW.plusMillis(RUNS.incrementAndGet())), words);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
