package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.ProgressMeter;
import vellum.ingest.terminal.Screen;

/** The handing over of a package. */
@Command(
    name = "deliver",
    description = {
      "Fetches an order's package into a directory, to be handed over, and notes that in the journal"
          + " of disclosures: first, and again each time.",
      "Files are encrypted for the agency; check them with 'vellum order verify'."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = "  vellum order deliver O-4F7K2Q9M --to package",
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "4:refused: not approved, not run, rejected, or permissions",
      ExitCode.UNREACHABLE_LINE
    })
final class OrderDeliverCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", description = "The order, such as O-4F7K2Q9M.")
  String id = "";

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "Directory of the package, made when absent; must be empty.")
  Path to = Path.of("");

  OrderDeliverCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    requireEmpty();
    ServerCalls calls = server.calls(screen);
    String path = "/v1/orders/" + ServerCalls.encoded(id);
    JsonNode entry = calls.post(path + "/deliver", JsonNodeFactory.instance.objectNode());
    long total = 0;
    for (JsonNode file : entry.path("files")) {
      total += file.path("bytes").asLong();
    }
    long done = 0;
    Files.createDirectories(to);
    try (ProgressMeter meter = new ProgressMeter(screen, id, "bytes", System::nanoTime)) {
      for (JsonNode file : entry.path("files")) {
        fetch(calls, path + "/package/", file, new Share(meter, done, total));
        done += file.path("bytes").asLong();
      }
    }
    new JsonRows(screen, output.format).document(summary(entry));
    screen
        .err()
        .println(Figures.count(entry.path("files").size()) + " files in " + to + "; next: verify");
    return ExitCode.OK;
  }

  private static JsonNode summary(JsonNode entry) {
    return entry.<ObjectNode>deepCopy().without("files");
  }

  private void requireEmpty() throws IOException {
    if (Files.exists(to)) {
      try (Stream<Path> list = Files.list(to)) {
        if (list.findAny().isPresent()) {
          throw new CommandFault(ExitCode.USAGE, to + " is not empty; name another directory");
        }
      }
    }
  }

  /** What of a meter a file's bytes are. */
  private record Share(ProgressMeter meter, long before, long total) {
    void at(long bytes) {
      meter.at(before + bytes, total, before + bytes);
    }
  }

  /** Under another name until it is whole. */
  private void fetch(ServerCalls calls, String path, JsonNode file, Share share)
      throws IOException {
    String name = file.path("name").asText();
    long bytes = file.path("bytes").asLong();
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new CommandFault(ExitCode.FAILED, "the server names a file that is none of a package");
    }
    Path making = to.resolve(name + ".part");
    long[] got = {0};
    try (OutputStream out = Files.newOutputStream(making, StandardOpenOption.CREATE_NEW)) {
      while (got[0] < bytes) {
        long before = got[0];
        calls.download(
            path + ServerCalls.encoded(name) + "?offset=" + before,
            in -> got[0] += in.transferTo(out));
        if (got[0] == before) {
          throw new CommandFault(ExitCode.FAILED, name + " is shorter than the server said");
        }
        share.at(got[0]);
      }
    }
    Files.move(making, to.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }
}
