package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** A person's identities, erased before their month's end. */
@Command(
    name = "erase",
    description = {
      "Erases a person's identities from live records, their index and suspense; totals stay.",
      "Without --yes, only shows how many records it would be. With --yes the request is taken in,"
          + " granted and done; with --take-in it is only taken in, to be decided later.",
      RequestNewCommand.INTERVAL
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum request erase --number - --held-from 2026-01-01 --check 'contract seen'",
      "  vellum request erase --number - --held-from 2026-01-01 --check 'contract seen' --yes"
          + " --reason 'no ground to keep them'",
      "  vellum request erase --account acme --check 'end of contract' --yes --reason 'contract over'",
      "  vellum request erase --request R-4F7K2Q9M --yes --reason 'assessed'"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      RequestNewCommand.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class RequestEraseCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PersonOption person = new PersonOption();
  @Mixin Consent consent = new Consent();

  @Option(
      names = "--request",
      paramLabel = "ID",
      description = "A request that was taken in before, in place of a person.")
  @Nullable String id;

  @Option(names = "--take-in", description = "Only take the request in; decide it later.")
  boolean takeIn;

  RequestEraseCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    consent.check();
    if (takeIn && (consent.yes || id != null)) {
      throw new CommandFault(ExitCode.USAGE, "--take-in goes without --yes and --request");
    }
    ServerCalls calls = server.calls(screen);
    String given = id;
    if (takeIn) {
      JsonNode created = calls.post(RequestView.PATH, person.body(screen, "erasure"));
      RequestView.print(screen, output.format, created);
    } else if (!consent.yes) {
      JsonNode counted =
          given == null
              ? calls.ask(RequestView.PATH + "/count", person.body(screen, "erasure"))
              : calls.get(RequestView.path(given) + "/count");
      new JsonRows(screen, output.format).document(counted);
      consent.given(screen);
    } else {
      erase(calls, given == null ? created(calls) : given);
    }
    return ExitCode.OK;
  }

  private String created(ServerCalls calls) throws IOException {
    JsonNode created = calls.post(RequestView.PATH, person.body(screen, "erasure"));
    String made = created.path("id").asText();
    screen.err().println("taken in as " + made);
    return made;
  }

  private void erase(ServerCalls calls, String which) {
    JsonNode request = calls.get(RequestView.path(which));
    if (!request.path("kind").asText().equals("erasure")) {
      throw new CommandFault(ExitCode.USAGE, which + " does not ask for an erasure");
    }
    if (request.path("state").asText().equals("open")) {
      ObjectNode decision =
          JsonNodeFactory.instance.objectNode().put("granted", true).put("reason", consent.reason);
      calls.post(RequestView.path(which) + "/decide", decision);
    }
    RequestAnswer answer = new RequestAnswer(screen, calls, which);
    answer.print(output.format, answer.run(""));
  }
}
