package vellum.ingest.cli;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vellum.ingest.demo.DemoRun;
import vellum.ingest.demo.DemoServer;
import vellum.ingest.demo.DemoSettings;
import vellum.ingest.demo.Story;
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
    footer = {
      "  vellum demo",
      "  vellum demo --story lawful",
      "  vellum demo --records 1000000 --keep"
    },
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

  @Option(
      names = "--story",
      paramLabel = "STORY",
      defaultValue = "life",
      description = {
        "life: a record's way, from its coming to its year's end.",
        "lawful: a hold, an order of an authority, and their end (default: ${DEFAULT-VALUE})."
      })
  String story = "";

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
      settings = new DemoSettings(records, story(), keep);
    } catch (IllegalArgumentException e) {
      throw new CommandFault(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
    boolean passed = new DemoRun(screen, settings, servers, InstantSource.system()).run();
    return passed ? ExitCode.OK : ExitCode.UNVERIFIED;
  }

  private Story story() {
    for (Story one : Story.values()) {
      if (one.name().toLowerCase(Locale.ROOT).equals(story)) {
        return one;
      }
    }
    throw new IllegalArgumentException("a story is life or lawful");
  }
}
