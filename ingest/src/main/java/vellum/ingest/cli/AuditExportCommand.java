package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    ServerCalls calls = server.calls(screen);
    // Half a trail would look like one that was cut: the file has its name when it is whole.
    Path half = Files.createTempFile(directory(), ".audit", ".part");
    try {
      String entries = write(calls, half);
      Files.move(half, file);
      screen.err().println("written to " + file + ": " + entries + " entries");
    } finally {
      Files.deleteIfExists(half);
    }
    return ExitCode.OK;
  }

  private Path directory() throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new NoSuchFileException(String.valueOf(parent));
    }
    return parent;
  }

  /** Returns how many entries there are. */
  private static String write(ServerCalls calls, Path half) throws IOException {
    String path = "/v1/audit/export?limit=" + PAGE;
    JsonNode answer = calls.get(path);
    String to = answer.path("to").asText();
    try (BufferedWriter out = Files.newBufferedWriter(half, StandardCharsets.UTF_8)) {
      line(out, answer.path("header").asText());
      lines(out, answer);
      while (answer.hasNonNull("next")) {
        answer = calls.get(path + "&to=" + to + "&cursor=" + answer.path("next").asText());
        lines(out, answer);
      }
    }
    return to;
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
