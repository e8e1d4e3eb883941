package vellum.ingest.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vellum.ingest.demo.BillingTraffic;
import vellum.ingest.demo.DemoServer;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.MadeUpRegistry;
import vellum.ingest.demo.MonthsPlan;
import vellum.ingest.demo.MonthsRun;
import vellum.ingest.demo.RecordFile;
import vellum.ingest.demo.TrafficGenerator;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.ProgressMeter;
import vellum.ingest.terminal.Screen;

/** Made-up traffic, as a file to import or as a data directory of some months. */
@Command(
    name = "generate",
    description = {
      "Writes made-up records as NDJSON: seeded, realistic, the same for the same options.",
      "The file holds clear text, and is its owner's only (0600).",
      "With --months, makes a data directory that has lived so long instead: a server inside this"
          + " command takes each month's records while its clock stands in that month, and erases"
          + " what falls due meanwhile. Beside its records, a month has an event of the usage log"
          + " for every 20 of them, and content of acct-00001 (kept 90 days) and acct-00002 (30"
          + " days) on its first day. Its accounts and suppliers are registered."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum generate --records 100000 --seed 7 --output traffic.ndjson.zst",
      "  vellum generate --records 100000 --changes 0.05 --carrier-currencies \\",
      "      --registry accounts.yaml --output traffic.ndjson.zst",
      "  vellum generate --records 1000000 --from 2026-11-01 --until 2026-11-11 \\",
      "      --duplicates 0.05 --late 0.02 --output ten-days.ndjson.gz",
      "  vellum generate --months 14 --records 140000 --data data"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {ExitCode.OK_LINE, ExitCode.FAILED_LINE, ExitCode.USAGE_LINE})
final class GenerateCommand implements Callable<Integer> {

  private static final int PROGRESS_MESSAGES = 4096;
  private static final Duration DEFAULT_SPAN = Duration.ofDays(10);

  private final Screen screen;
  private final InstantSource time;
  private final DemoServer servers;

  @Option(
      names = "--months",
      paramLabel = "N",
      description =
          "Months of life, the current one included, 1 to 120; needs --data. With 14, one month is"
              + " past its twelve and stripped.")
  @Nullable Integer months;

  @Option(
      names = {"-d", "--data"},
      paramLabel = "DIR",
      description = "With --months: the data directory to make, absent or empty.")
  @Nullable Path data;

  @Option(
      names = "--records",
      paramLabel = "N",
      required = true,
      description =
          "Distinct records, of all months together. Later aspects and duplicates come on top as further lines.")
  long records;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Any number (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File; .gz and .zst are compressed; - is standard output.")
  @Nullable Path output;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "When the first record starts (default: ten days before --until).")
  @Nullable Instant from;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "When the last record starts (default: the last full hour).")
  @Nullable Instant until;

  @Option(names = "--accounts", paramLabel = "N", description = "Customer accounts (default: 500).")
  int accounts = 500;

  @Option(
      names = "--subscribers",
      paramLabel = "N",
      description = "End users to draw from (default: 20000000).")
  int subscribers = 20_000_000;

  @Option(
      names = "--duplicates",
      paramLabel = "SHARE",
      description = "Share of the lines that come twice (default: 0.01).")
  double duplicates = 0.01;

  @Option(
      names = "--late",
      paramLabel = "SHARE",
      description = "Share of the records that are days late (default: 0.01).")
  double late = 0.01;

  @Option(
      names = "--failovers",
      paramLabel = "SHARE",
      description = "Share of the records that needed a second leg (default: 0.03).")
  double failovers = 0.03;

  @Option(
      names = "--changes",
      paramLabel = "SHARE",
      description =
          "Share of the records of which ratings, delivery reports and legs come again in later"
              + " versions, with other amounts and status (default: 0).")
  double changes;

  @Option(
      names = "--carrier-currencies",
      description =
          "Carriers charge in currencies of their own, for failed attempts too, and report each"
              + " leg's end (default: all in euro).")
  boolean carrierCurrencies;

  @Option(
      names = "--registry",
      paramLabel = "FILE",
      description =
          "Also write the accounts and suppliers of the traffic, with their billing zones and"
              + " currencies, for: vellum account import FILE.")
  @Nullable Path registry;

  @Option(
      names = "--aspects",
      paramLabel = "SHARE",
      description = "Share of the records whose delivery and rating come later (default: 0.5).")
  double aspects = 0.5;

  GenerateCommand(Screen screen, InstantSource time, DemoServer servers) {
    this.screen = screen;
    this.time = time;
    this.servers = servers;
  }

  @Override
  public Integer call() throws IOException {
    if (months != null) {
      return makeMonths(months);
    }
    Path file = output;
    if (file == null || data != null) {
      throw new CommandFault(ExitCode.USAGE, "give --output FILE, or --months N and --data DIR");
    }
    GeneratorOptions traffic = options();
    Path accountsFile = registry;
    if (accountsFile != null) {
      Files.write(accountsFile, MadeUpRegistry.yaml(traffic));
    }
    writeFile(file, traffic);
    return ExitCode.OK;
  }

  private int makeMonths(int count) throws IOException {
    Path directory = data;
    if (directory == null || output != null || registry != null || from != null || until != null) {
      throw new CommandFault(
          ExitCode.USAGE,
          "--months needs --data DIR, and takes no --output, --registry, --from or --until");
    }
    if (Files.exists(directory) && !isEmpty(directory)) {
      throw new CommandFault(
          ExitCode.USAGE, directory + " is not empty; name a directory that is not there yet");
    }
    MonthsPlan plan;
    try {
      plan = new MonthsPlan(count, options());
    } catch (IllegalArgumentException e) {
      throw new CommandFault(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
    MonthsRun.Made made = new MonthsRun(screen, servers, time, plan).run(directory);
    new JsonRows(screen, OutputFormat.TABLE).printTable(CalendarRows.table(made.status()));
    screen
        .err()
        .println(
            Figures.count(made.messages(), "message")
                + " about records and "
                + Figures.count(made.events(), "event")
                + " of the usage log sent, "
                + Figures.count(made.rejected())
                + " rejected; start it with: vellum serve --data "
                + directory);
    return ExitCode.OK;
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  private void writeFile(Path file, GeneratorOptions traffic) throws IOException {
    TrafficGenerator generator = new TrafficGenerator(traffic);
    try (RecordFile lines = open(file);
        ProgressMeter meter = new ProgressMeter(screen, "generate", "records", System::nanoTime)) {
      while (generator.next()) {
        lines.write(generator.record());
        if (generator.messages() % PROGRESS_MESSAGES == 0) {
          meter.at(generator.distinctRecords(), records, generator.distinctRecords());
        }
      }
      meter.at(records, records, records);
    }
    screen
        .err()
        .println(
            Figures.count(generator.distinctRecords(), "distinct record")
                + " in "
                + Figures.count(generator.messages(), "line")
                + ": "
                + Figures.count(generator.laterAspects())
                + " later aspects, "
                + Figures.count(generator.duplicates())
                + " duplicates, "
                + Figures.count(generator.distinctSubjects())
                + " end users");
    if (!isStandardOutput(file)) {
      screen
          .err()
          .println(
              file
                  + ": "
                  + Figures.bytes(Files.size(file))
                  + "; it holds clear text: delete it when it is imported");
    }
  }

  private GeneratorOptions options() {
    Instant end = until == null ? time.instant().truncatedTo(ChronoUnit.HOURS) : until;
    Instant start = from == null ? end.minus(DEFAULT_SPAN) : from;
    try {
      return GeneratorOptions.of(seed, records, start, end)
          .withAccounts(accounts)
          .withSubscribers(subscribers)
          .withShares(duplicates, late, aspects)
          .withBilling(new BillingTraffic(changes, carrierCurrencies), failovers);
    } catch (IllegalArgumentException e) {
      throw new CommandFault(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private static boolean isStandardOutput(Path output) {
    return output.toString().equals("-");
  }

  private RecordFile open(Path output) throws IOException {
    if (isStandardOutput(output)) {
      return RecordFile.of(screen.out());
    }
    var ownerOnly = PosixFilePermissions.fromString("rw-------");
    if (Files.isRegularFile(output)) {
      Files.setPosixFilePermissions(output, ownerOnly);
    } else if (!Files.exists(output)) {
      Files.createFile(output, PosixFilePermissions.asFileAttribute(ownerOnly));
    }
    return RecordFile.create(output);
  }
}
