package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** Requests of people. */
@Command(
    name = "list",
    description = "Lists requests of people in the order in which they came in; nobody is named.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {"  vellum request list", "  vellum request list --overdue --output csv"},
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class RequestListCommand implements Callable<Integer> {

  private static final int PAGE = 1000;

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only these: open, decided, working, done or closed.")
  @Nullable String state;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description =
          "Only these: access, portability, erasure, restriction, objection or rectification.")
  @Nullable String kind;

  @Option(names = "--overdue", description = "Only those past their deadline.")
  boolean overdue;

  RequestListCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    ServerCalls calls = server.calls(screen);
    String query =
        RequestView.PATH
            + "?limit="
            + PAGE
            + (state == null ? "" : "&state=" + ServerCalls.encoded(state))
            + (kind == null ? "" : "&kind=" + ServerCalls.encoded(kind))
            + (overdue ? "&overdue=true" : "");
    PagedRows rows =
        PagedRows.flat(
            screen,
            output.format,
            List.of(
                "id", "kind", "state", "received_at", "due", "extended", "overdue", "accounts"));
    String after = "";
    do {
      JsonNode answer = calls.get(query + after);
      rows.add(answer.path("requests"), Long.MAX_VALUE);
      after =
          answer.hasNonNull("next")
              ? "&after=" + ServerCalls.encoded(answer.path("next").asText())
              : "";
    } while (!after.isEmpty());
    rows.end();
    return ExitCode.OK;
  }
}
