package vellum.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import vellum.bench.archive.ArchiveCommand;
import vellum.bench.billing.BillingCommand;
import vellum.bench.export.ExportCommand;
import vellum.bench.load.GrowthCommand;
import vellum.bench.load.LoadCommand;
import vellum.bench.load.LookupCommand;
import vellum.bench.load.RestartCommand;
import vellum.bench.micro.MicroCommand;
import vellum.bench.peers.PeersCommand;
import vellum.bench.strip.StripCommand;
import vellum.bench.totals.TotalsCommand;

/** Main class of {@code vellum bench}. */
@Command(
    name = "vellum bench",
    description = "Measures Vellum on this machine. Compare figures of one run, not of two.",
    subcommands = {
      ArchiveCommand.class,
      BillingCommand.class,
      ExportCommand.class,
      GrowthCommand.class,
      LoadCommand.class,
      LookupCommand.class,
      MicroCommand.class,
      PeersCommand.class,
      RestartCommand.class,
      StripCommand.class,
      TotalsCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true)
public final class Bench implements Runnable {

  private static final int HELP_WIDTH = 100;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  private Bench() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).setUsageHelpWidth(HELP_WIDTH).execute(args));
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "say what to measure: archive, billing, export, growth, load, lookups, micro, peers, restart,"
            + " strip or totals");
  }
}
