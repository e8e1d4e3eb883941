package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.Screen;

/** Streams of the producers. */
@Command(
    name = "list",
    description = {
      "Lists the streams of the producers: how far each has come, when it was seen last, how many"
          + " gaps it has and how many sequences are missing in them.",
      "Streams that nobody used for 35 days are forgotten; their gaps are listed by producer gaps."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {"  vellum producer list", "  vellum producer list --output csv"},
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class ProducerListCommand implements Callable<Integer> {

  private static final int PAGE = 1000;
  private static final List<String> COLUMNS =
      List.of(
          "producer",
          "instance",
          ">stream",
          ">epoch",
          ">last_sequence",
          "last_seen",
          ">gaps",
          ">missing");

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  ProducerListCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    ServerCalls calls = server.calls(screen);
    PagedRows rows = PagedRows.flat(screen, output.format, COLUMNS);
    String cursor = "";
    boolean more;
    do {
      JsonNode answer = calls.get("/v1/producers?limit=" + PAGE + cursor);
      rows.add(answer.path("producers"), Long.MAX_VALUE);
      more = answer.hasNonNull("next");
      cursor = "&cursor=" + ServerCalls.encoded(answer.path("next").asText());
    } while (more);
    rows.end();
    screen.err().println(Figures.count(rows.rows(), "stream"));
    return ExitCode.OK;
  }
}
