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
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.RecordFile;
import vellum.ingest.demo.TrafficGenerator;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.ProgressMeter;
import vellum.ingest.terminal.Screen;

/** Made-up traffic, as a file to import. */
@Command(
    name = "generate",
    description = {
      "Writes made-up records as NDJSON: seeded, realistic, the same for the same options.",
      "The file holds clear text, and is its owner's only (0600)."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum generate --records 100000 --seed 7 --output traffic.ndjson.zst",
      "  vellum generate --records 1000000 --from 2026-11-01 --until 2026-11-11 \\",
      "      --duplicates 0.05 --late 0.02 --output ten-days.ndjson.gz"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {ExitCode.OK_LINE, ExitCode.FAILED_LINE, ExitCode.USAGE_LINE})
final class GenerateCommand implements Callable<Integer> {

  private static final int PROGRESS_MESSAGES = 4096;
  private static final Duration DEFAULT_SPAN = Duration.ofDays(10);

  private final Screen screen;
  private final InstantSource time;

  @Option(
      names = "--records",
      paramLabel = "N",
      required = true,
      description = "Distinct records. Later aspects and duplicates come on top as further lines.")
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
      required = true,
      description = "File; .gz and .zst are compressed; - is standard output.")
  Path output = Path.of("-");

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
      names = "--aspects",
      paramLabel = "SHARE",
      description = "Share of the records whose delivery and rating come later (default: 0.5).")
  double aspects = 0.5;

  GenerateCommand(Screen screen, InstantSource time) {
    this.screen = screen;
    this.time = time;
  }

  @Override
  public Integer call() throws IOException {
    TrafficGenerator generator = new TrafficGenerator(options());
    try (RecordFile file = open();
        ProgressMeter meter = new ProgressMeter(screen, "generate", "records", System::nanoTime)) {
      while (generator.next()) {
        file.write(generator.record());
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
    if (!toStandardOutput()) {
      screen
          .err()
          .println(
              output
                  + ": "
                  + Figures.bytes(Files.size(output))
                  + "; it holds clear text: delete it when it is imported");
    }
    return ExitCode.OK;
  }

  private GeneratorOptions options() {
    Instant end = until == null ? time.instant().truncatedTo(ChronoUnit.HOURS) : until;
    Instant start = from == null ? end.minus(DEFAULT_SPAN) : from;
    try {
      return GeneratorOptions.of(seed, records, start, end)
          .withAccounts(accounts)
          .withSubscribers(subscribers)
          .withShares(duplicates, late, aspects);
    } catch (IllegalArgumentException e) {
      throw new CommandFault(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private boolean toStandardOutput() {
    return output.toString().equals("-");
  }

  private RecordFile open() throws IOException {
    if (toStandardOutput()) {
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
