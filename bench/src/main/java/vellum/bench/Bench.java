package vellum.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.concurrent.CancellationException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import vellum.bench.archive.ArchiveCommand;
import vellum.bench.billing.BillingCommand;
import vellum.bench.disclosure.PackageCommand;
import vellum.bench.export.ExportCommand;
import vellum.bench.find.FindCommand;
import vellum.bench.keys.RewrapCommand;
import vellum.bench.load.GrowthCommand;
import vellum.bench.load.LoadCommand;
import vellum.bench.load.LookupCommand;
import vellum.bench.load.RestartCommand;
import vellum.bench.micro.MicroCommand;
import vellum.bench.peers.PeersCommand;
import vellum.bench.process.Ending;
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
      FindCommand.class,
      GrowthCommand.class,
      LoadCommand.class,
      LookupCommand.class,
      MicroCommand.class,
      PackageCommand.class,
      PeersCommand.class,
      RestartCommand.class,
      RewrapCommand.class,
      StripCommand.class,
      TotalsCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true)
public final class Bench implements Runnable {

  private static final int HELP_WIDTH = 100;

  /** Exit code of what Ctrl-C has ended. */
  private static final int ENDED = 130;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  private Bench() {}

  public static void main(String[] args) {
    // A stream that a program cuts by killing its server is no news.
    ((Logger) LoggerFactory.getLogger("vellum.ingest.client")).setLevel(Level.ERROR);
    System.exit(commandLine().execute(args));
  }

  /** The programs; what a disk or a server refuses them is told in a line. */
  static CommandLine commandLine() {
    return new CommandLine(new Bench())
        .setUsageHelpWidth(HELP_WIDTH)
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
  }

  private static int failed(Exception failure, CommandLine command) throws Exception {
    if (Ending.hasBegun() || failure instanceof CancellationException) {
      return ENDED;
    }
    if (failure instanceof IOException || failure instanceof UncheckedIOException) {
      String kind =
          failure instanceof FileSystemException ? failure.getClass().getSimpleName() + ": " : "";
      command
          .getErr()
          .println(command.getCommandSpec().qualifiedName() + ": " + kind + failure.getMessage());
      return 1;
    }
    throw failure;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "say what to measure: archive, billing, export, find, growth, load, lookups, micro, package,"
            + " peers, restart, rewrap, strip or totals");
  }
}
