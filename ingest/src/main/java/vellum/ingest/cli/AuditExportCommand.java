package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** The audit trail as a file that can be verified anywhere. */
@Command(
    name = "export",
    description = {
      "Writes the whole audit trail into a new file: a line of JSON for each entry, the bytes that"
          + " were hashed, and the signed checkpoints (C2SP tlog-checkpoint) between them.",
      "A checkpoint over all of it is signed before. The file can be verified without a server."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum audit export trail.ndjson",
      "  vellum audit verify trail.ndjson",
      "  jq -r .checkpoint trail.ndjson | grep -v null    # the checkpoints alone"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class AuditExportCommand implements Callable<Integer> {

  private static final int PAGE = 1000;

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();

  @Parameters(paramLabel = "FILE", description = "A new file.")
  Path file = Path.of("-");

  AuditExportCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    ServerCalls calls = server.calls(screen);
    String path = "/v1/audit/export?limit=" + PAGE;
    JsonNode answer = calls.get(path);
    String to = answer.path("to").asText();
    try (BufferedWriter out =
        Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW)) {
      line(out, answer.path("header").asText());
      lines(out, answer);
      while (answer.hasNonNull("next")) {
        answer = calls.get(path + "&to=" + to + "&cursor=" + answer.path("next").asText());
        lines(out, answer);
      }
    }
    screen.err().println("written to " + file + ": " + to + " entries");
    return ExitCode.OK;
  }

  private static void lines(BufferedWriter out, JsonNode page) throws IOException {
    for (JsonNode one : page.path("lines")) {
      line(out, one.asText());
    }
  }

  private static void line(BufferedWriter out, String text) throws IOException {
    out.write(text);
    out.write('\n');
  }
}
