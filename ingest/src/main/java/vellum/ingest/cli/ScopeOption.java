package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import vellum.ingest.terminal.Screen;

/** Which records a case is about. Subjects come from a file, so that no number is an argument. */
final class ScopeOption {

  @Option(
      names = "--subjects",
      paramLabel = "FILE",
      description = {
        "Numbers, addresses, imsi:DIGITS, sender:ID, record:ID, ip:ADDRESS: one a line; - is standard"
            + " input. # begins a comment."
      })
  @Nullable Path subjects;

  @Option(
      names = "--region",
      paramLabel = "CC",
      description = "Country whose national numbers the file has.")
  @Nullable String region;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "Only records of this account; may be given several times.")
  List<String> accounts = List.of();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      required = true,
      description = "First instant, or a date (UTC).")
  String from = "";

  @Option(
      names = "--to",
      paramLabel = "TIME",
      required = true,
      description = "First instant after, or a date (UTC).")
  String to = "";

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      split = ",",
      description = "Only these channels, such as SMS,VOICE.")
  List<String> channels = List.of();

  /** The scope as the server reads it. */
  ObjectNode scope(Screen screen) throws IOException {
    if (subjects == null && accounts.isEmpty()) {
      throw new CommandFault(ExitCode.USAGE, "say about whom: --subjects FILE, --account, or both");
    }
    ObjectNode scope = JsonNodeFactory.instance.objectNode().put("from", from).put("to", to);
    if (subjects != null) {
      addSubjects(scope.putArray("subjects"), screen, subjects);
    }
    if (region != null) {
      scope.put("region", region);
    }
    addAll(scope, "accounts", accounts);
    addAll(scope, "channels", channels);
    return scope;
  }

  /**
   * Adds the subjects of a file, one a line.
   *
   * @param file - is standard input
   */
  static void addSubjects(ArrayNode into, Screen screen, Path file) throws IOException {
    String text = new String(AccountCommand.read(screen, file), StandardCharsets.UTF_8);
    text.lines()
        .map(line -> line.indexOf('#') < 0 ? line : line.substring(0, line.indexOf('#')))
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(into::add);
    if (into.isEmpty()) {
      throw new CommandFault(ExitCode.USAGE, "the file of subjects names none");
    }
  }

  private static void addAll(ObjectNode scope, String field, List<String> texts) {
    if (!texts.isEmpty()) {
      texts.forEach(scope.putArray(field)::add);
    }
  }
}
