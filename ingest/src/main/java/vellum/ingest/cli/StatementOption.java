package vellum.ingest.cli;

import java.time.YearMonth;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which statement: whose, of which month, of which closing. */
final class StatementOption {

  @Mixin PartyOption party = new PartyOption();

  @Parameters(paramLabel = "MONTH", description = "The month, such as 2026-10.")
  YearMonth period = YearMonth.of(1970, 1);

  @Option(
      names = "--revision",
      paramLabel = "N",
      description = "Which closing (default: the last).")
  int revision;

  /**
   * The path of a request about it, with its query.
   *
   * @param what of it; empty for itself
   */
  String path(String what, boolean preview) {
    party.require();
    if (preview && revision != 0) {
      throw new CommandFault(ExitCode.USAGE, "--preview is of no closing: leave out --revision");
    }
    String which = preview ? "&preview=true" : revision == 0 ? "" : "&revision=" + revision;
    return "/v1/billing/periods/" + period + what + "?" + (party.parameter() + which).substring(1);
  }
}
