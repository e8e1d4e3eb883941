package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.terminal.Screen;

/** One statement. */
@Command(
    name = "show",
    description = {
      "Shows a statement: charges, adjustments with their reasons, postings by hand, totals.",
      "With --output json the very bytes that its digest is of: pipe them into sha256sum."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum period show 2026-10 --account acme",
      "  vellum period show 2026-10 --supplier tele-x --revision 1",
      "  vellum period show 2026-11 --account acme --preview",
      "  vellum period show 2026-10 --account acme --output json | sha256sum"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class PeriodShowCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin StatementOption which = new StatementOption();

  @Option(
      names = "--preview",
      description = "What would be billed as things are, whether the month is over or not.")
  boolean preview;

  PeriodShowCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    JsonNode shown = server.calls(screen).get(which.path("", preview));
    StatementRows rows = new StatementRows(screen, shown, preview);
    switch (output.format) {
      case TABLE -> rows.print();
      case JSON -> {
        screen.out().print(shown.path("text").asText());
        screen.out().flush();
      }
      default -> new JsonRows(screen, output.format).print(rows.flat());
    }
    return ExitCode.OK;
  }
}
