package vellum.ingest.cli;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vellum.ingest.demo.DemoRun;
import vellum.ingest.demo.DemoServer;
import vellum.ingest.demo.DemoSettings;
import vellum.ingest.terminal.Screen;

/** The whole way of a record, shown and checked. */
@Command(
    name = "demo",
    description = {
      "Shows and checks a record's whole way, on a temporary directory.",
      "Starts a server, streams made-up records and providers' sample files into it, looks them up,"
          + " and searches every byte on the disk for the numbers sent.",
      "Needs no network and leaves nothing behind. Ends with 'demo passed', or says what failed."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {"  vellum demo", "  vellum demo --records 1000000 --keep"},
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      "0:demo passed",
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.UNVERIFIED_LINE
    })
final class DemoCommand implements Callable<Integer> {

  private final Screen screen;
  private final DemoServer servers;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "200000",
      description = "Made-up records (default: ${DEFAULT-VALUE}).")
  long records;

  @Option(names = "--keep", description = "Leaves the data directory, to look at.")
  boolean keep;

  DemoCommand(Screen screen, DemoServer servers) {
    this.screen = screen;
    this.servers = servers;
  }

  @Override
  public Integer call() throws IOException {
    DemoSettings settings;
    try {
      settings = new DemoSettings(records, keep);
    } catch (IllegalArgumentException e) {
      throw new CommandFault(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
    boolean passed = new DemoRun(screen, settings, servers, InstantSource.system()).run();
    return passed ? ExitCode.OK : ExitCode.UNVERIFIED;
  }
}
