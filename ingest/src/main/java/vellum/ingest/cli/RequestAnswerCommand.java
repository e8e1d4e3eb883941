package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** The answer to a person's request. */
@Command(
    name = "answer",
    description = {
      "Answers a decided request: collects the records, puts an identity right, or notes that the"
          + " person was told.",
      "Records come as an encrypted package, for a passphrase that is shown once, or for the"
          + " person's certificate. To erase, see: vellum request erase --request ID."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum request answer R-4F7K2Q9M --to answer",
      "  vellum request answer R-4F7K2Q9M --to answer --for person.pem"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class RequestAnswerCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", description = "The request, such as R-4F7K2Q9M.")
  String id = "";

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Where to write the package; may be fetched again until it is removed.")
  @Nullable Path directory;

  @Option(
      names = "--for",
      paramLabel = "FILE",
      description = "The person's certificate, in PEM (default: a passphrase is made).")
  @Nullable Path certificate;

  @Option(names = "--fetch", description = "Only fetch the package of an answer that was given.")
  boolean fetch;

  RequestAnswerCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    Path to = directory;
    if (fetch && to == null) {
      throw new CommandFault(ExitCode.USAGE, "--fetch needs --to DIR");
    }
    ServerCalls calls = server.calls(screen);
    JsonNode request = calls.get(RequestView.path(id));
    if (request.path("kind").asText().equals("erasure") && request.path("granted").asBoolean()) {
      throw new CommandFault(
          ExitCode.USAGE,
          "to erase: vellum request erase --request " + id + " --yes --reason TEXT");
    }
    RequestAnswer answer = new RequestAnswer(screen, calls, id);
    Path pem = certificate;
    if (!fetch) {
      answer.print(output.format, answer.run(pem == null ? "" : Files.readString(pem)));
    }
    if (to != null) {
      answer.fetch(to);
    }
    return ExitCode.OK;
  }
}
