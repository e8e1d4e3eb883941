package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.terminal.Screen;

/** Statements of a closed period, as files. */
@Command(
    name = "statements",
    description = {
      "Writes the lines of a closed period's statements to files: charges, adjustments, postings.",
      "Statements never change, so neither do the files, whatever has come since."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum export statements --period 2026-10 --format parquet --into bills",
      "  vellum export statements --period 2026-10 --account acme --into acme",
      "  vellum export statements --period 2026-10 --supplier tele-x --revision 1 --into tele-x"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNVERIFIED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class ExportStatementsCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();

  @Option(
      names = "--period",
      paramLabel = "MONTH",
      required = true,
      description = "The month, such as 2026-10, closed for whom this is of.")
  YearMonth period = YearMonth.of(1970, 1);

  @Mixin PartyOption party = new PartyOption();

  @Option(
      names = "--revision",
      paramLabel = "N",
      description = "Which closing of one account or supplier (default: the one that holds).")
  int revision;

  @Mixin ExportOptions options = new ExportOptions();

  ExportStatementsCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    if (party.isGiven()) {
      party.require();
    } else if (revision != 0) {
      throw new CommandFault(ExitCode.USAGE, "--revision is of one --account or --supplier");
    }
    ObjectNode query = JsonNodeFactory.instance.objectNode().put("period", period.toString());
    if (party.isGiven()) {
      party.into(query);
    }
    if (revision != 0) {
      query.put("revision", revision);
    }
    options.run(screen, server.calls(screen), "statements", query);
    return ExitCode.OK;
  }
}
