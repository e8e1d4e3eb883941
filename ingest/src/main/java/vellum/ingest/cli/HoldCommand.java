package vellum.ingest.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** Holds: place, list, show, find records, extend, release. */
@Command(
    name = "hold",
    description = {
      "Keeps identities beyond their deadline because the law requires it, and ends that.",
      "A secret hold is there for those only who have the role disclosure themselves."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum hold place --type preservation_order --subjects numbers.txt --from 2026-01-01 \\",
      "      --to 2027-01-01 --legal-basis 'Art. 16 CCC' --expires 2027-03-01 --reason 'order came'",
      "  vellum hold list",
      "  vellum hold release H-4F7K2Q9M --yes --reason 'the order was lifted'"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class HoldCommand implements Runnable {

  static final String HOLDS = "/v1/holds";

  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine commandLine(Screen screen) {
    return new CommandLine(new HoldCommand())
        .addSubcommand(new HoldPlaceCommand(screen))
        .addSubcommand(new HoldListCommand(screen))
        .addSubcommand(new HoldShowCommand(screen))
        .addSubcommand(new HoldRecordsCommand(screen))
        .addSubcommand(new HoldExtendCommand(screen))
        .addSubcommand(new HoldReleaseCommand(screen));
  }

  /** Path of a hold. */
  static String path(String id) {
    return HOLDS + "/" + ServerCalls.encoded(id);
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }
}
