package vellum.ingest.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The check before a start: names what is missing and what to do about it, where the first use
 * would fail with somebody else's words. Problems forbid the start; warnings do not. Not
 * thread-safe.
 */
final class SelfCheck {

  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private SelfCheck() {}

  /** What was found. */
  record Report(List<String> problems, List<String> warnings) {

    /**
     * @throws NodeException.NotFit when there is a problem
     */
    Report orThrow() {
      if (!problems.isEmpty()) {
        throw new NodeException.NotFit(problems);
      }
      return this;
    }
  }

  /** Checks runtime, flags, native libraries, the temporary directory and the data directory. */
  static Report run(Path data) {
    SelfCheck check = new SelfCheck();
    JavaCheck.version(Runtime.version(), check.problems, check.warnings);
    JavaCheck.flags(check.problems);
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    int before = check.problems.size();
    DirectoryCheck.executable(temporary, check.problems);
    if (check.problems.size() == before) {
      NativeCheck.libraries(check.problems, check.warnings);
    }
    check.data(data);
    return new Report(List.copyOf(check.problems), List.copyOf(check.warnings));
  }

  private void data(Path data) {
    try {
      DirectoryCheck.data(data, problems);
    } catch (IOException e) {
      problems.add(
          "the data directory "
              + data.toAbsolutePath()
              + " cannot be made or read ("
              + e
              + "): choose another with --data, or change its owner");
    }
  }
}
