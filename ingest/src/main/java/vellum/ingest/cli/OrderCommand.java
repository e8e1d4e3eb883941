package vellum.ingest.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vellum.ingest.terminal.Screen;

/** Orders of authorities: entered, decided on, run, handed over. */
@Command(
    name = "order",
    description = {
      "Answers orders of authorities: entered by one person, approved by another, run, handed over"
          + " encrypted and signed, and noted in the journal of disclosures."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum order list",
      "  vellum order run O-4F7K2Q9M",
      "  vellum order deliver O-4F7K2Q9M --to package",
      "  vellum order verify package --key agency.key --signer signer.pem",
      "  vellum order journal --year 2026 --by country"
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
final class OrderCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine commandLine(Screen screen) {
    return new CommandLine(new OrderCommand())
        .addSubcommand(new OrderCreateCommand(screen))
        .addSubcommand(new OrderSubmitCommand(screen))
        .addSubcommand(new OrderApproveCommand(screen))
        .addSubcommand(new OrderRejectCommand(screen))
        .addSubcommand(new OrderRunCommand(screen))
        .addSubcommand(new OrderDeliverCommand(screen))
        .addSubcommand(new OrderSignerCommand(screen))
        .addSubcommand(new OrderVerifyCommand(screen))
        .addSubcommand(new OrderListCommand(screen))
        .addSubcommand(new OrderShowCommand(screen))
        .addSubcommand(new OrderJournalCommand(screen));
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }
}
