package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** The word of an operator that the clock is right. */
@Command(
    name = "confirm-clock",
    description = {
      "Tells the server that its clock is right after it jumped or stood long, so that erasing goes"
          + " on; without --yes, only shows what the server thinks of its clock."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum retention confirm-clock",
      "  vellum retention confirm-clock --yes --reason 'two months off, clock compared with NTP'"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class ConfirmClockCommand implements Callable<Integer> {

  private static final String CLOCK = "/v1/retention/clock";

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin Consent consent = new Consent();

  ConfirmClockCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    consent.check();
    ServerCalls calls = server.calls(screen);
    JsonRows rows = new JsonRows(screen, output.format);
    if (!consent.yes) {
      JsonNode clock = calls.get(CLOCK);
      rows.document(clock);
      if (!clock.path("trusted").asBoolean()) {
        consent.given(screen);
      }
      return ExitCode.OK;
    }
    rows.document(
        calls.post(CLOCK, JsonNodeFactory.instance.objectNode().put("reason", consent.reason)));
    return ExitCode.OK;
  }
}
