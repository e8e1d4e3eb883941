package vellum.core.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The tool that everybody has, run in a directory. */
public record Openssl(Path directory) {

  /** Why tests are skipped where it is missing. */
  public static final String MISSING =
      "openssl is not on the PATH: its reading of our packages is not tested";

  /** How a run ended, and what it said. */
  public record Result(int exit, String text) {}

  public static boolean isThere() throws Exception {
    try {
      return new Openssl(Path.of(".")).run("version").exit() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs it with arguments. */
  public Result run(String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of(arguments));
    command.add(0, "openssl");
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("openssl did not end");
    }
    return new Result(process.exitValue(), text);
  }
}
