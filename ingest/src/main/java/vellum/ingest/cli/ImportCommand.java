package vellum.ingest.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.importer.FileSource;
import vellum.ingest.importer.ImportFormat;
import vellum.ingest.importer.ImportOptions;
import vellum.ingest.importer.RejectsFile;
import vellum.ingest.terminal.Screen;

/** Files into a server, through the Java client. */
@Command(
    name = "import",
    description = {
      "Sends the records of files to a server, and waits until it has them on its disk.",
      "An import that was broken off is simply run again: the store knows by their ids which"
          + " records it has. Files may be compressed (gzip, Zstandard)."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum import traffic.ndjson.zst",
      "  vellum import messages.json --format twilio --account acme --rejects rejects.tsv",
      "  vellum import *.csv --server https://vellum.example.com:7480 --token-file token"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      "0:every row is a record on the server's disk",
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "3:some rows were not taken; the others are on the server's disk",
      ExitCode.REFUSED_LINE,
      "6:no server answers, or none any more; run the same import again"
    })
final class ImportCommand implements Callable<Integer> {

  private static final int LONGEST_WAIT_SECONDS = 3600;

  private final Screen screen;
  private final InstantSource time;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files to import, in order.")
  List<Path> files = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "One of ${COMPLETION-CANDIDATES} (default: told by the file's beginning).")
  @Nullable ImportFormat format;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "Account of rows that name none; of all rows of providers' files.")
  @Nullable String account;

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description =
          "Writes the rows that were not taken, with line and reason. It holds clear text.")
  @Nullable Path rejects;

  @Mixin ServerOption server = new ServerOption();

  @Mixin SendingOption sending = new SendingOption();

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long a silent server is waited for (default: ${DEFAULT-VALUE}).")
  int waitSeconds;

  @Mixin OutputOption output = new OutputOption();

  ImportCommand(Screen screen, InstantSource time) {
    this.screen = screen;
    this.time = time;
  }

  @Override
  public Integer call() throws IOException {
    ImportOptions options = options();
    for (Path file : files) {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new CommandFault(ExitCode.USAGE, "cannot read the file " + file);
      }
    }
    Endpoint endpoint = server.endpoint(screen, sending.stream);
    String producer = sending.name(endpoint);
    RejectsFile rejectsFile = rejects == null ? null : RejectsFile.create(rejects);
    try {
      FileImport run =
          new FileImport(
              screen,
              endpoint,
              new FileImport.Settings(
                  file -> FileSource.open(file, options), producer, waitSeconds, time));
      for (Path file : files) {
        run.importFile(file, rejectsFile);
      }
      run.summary().print(screen, output.format);
      return hint(run.summary());
    } finally {
      if (rejectsFile != null) {
        rejectsFile.close();
      }
    }
  }

  private int hint(ImportSummary summary) {
    if (summary.complete()) {
      return ExitCode.OK;
    }
    screen
        .err()
        .println(
            rejects == null
                ? "some rows were not taken: --rejects FILE keeps them with their reasons"
                : "the rows that were not taken are in "
                    + rejects
                    + ", in clear: delete it after use");
    return ExitCode.PARTIAL;
  }

  private ImportOptions options() {
    if (waitSeconds < 1 || waitSeconds > LONGEST_WAIT_SECONDS) {
      throw new CommandFault(ExitCode.USAGE, "--wait must be 1 to " + LONGEST_WAIT_SECONDS);
    }
    try {
      return new ImportOptions(format, account);
    } catch (IllegalArgumentException e) {
      throw new CommandFault(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
