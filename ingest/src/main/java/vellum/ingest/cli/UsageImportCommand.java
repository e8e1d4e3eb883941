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
import vellum.ingest.importer.RejectsFile;
import vellum.ingest.importer.UsageSource;
import vellum.ingest.terminal.Screen;

/** Files of usage into a server, through the Java client. */
@Command(
    name = "import",
    description = {
      "Sends the events of files to a server, and waits until it has them on its disk.",
      "A file has one event a line, in the Protobuf JSON mapping of vellum.v1.UsageRecord; it may be"
          + " compressed (gzip, Zstandard). An import that was broken off is simply run again."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum usage import usage.ndjson.zst",
      "  vellum usage import *.ndjson --rejects bad.tsv"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      "0:every line is an event on the server's disk",
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "3:some lines were not taken; the others are on the server's disk",
      ExitCode.REFUSED_LINE,
      "6:no server answers, or none any more; run the same import again"
    })
final class UsageImportCommand implements Callable<Integer> {

  private static final int WAIT_SECONDS = 30;

  private final Screen screen;
  private final InstantSource time;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files to import, in order.")
  List<Path> files = List.of();

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description =
          "Writes the lines that were not taken, with their reasons. It holds clear text.")
  @Nullable Path rejects;

  @Mixin ServerOption server = new ServerOption();
  @Mixin SendingOption sending = new SendingOption();
  @Mixin OutputOption output = new OutputOption();

  UsageImportCommand(Screen screen, InstantSource time) {
    this.screen = screen;
    this.time = time;
  }

  @Override
  public Integer call() throws IOException {
    for (Path file : files) {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new CommandFault(ExitCode.USAGE, "cannot read the file " + file);
      }
    }
    Endpoint endpoint = server.endpoint(screen, sending.stream);
    FileImport run =
        new FileImport(
            screen,
            endpoint,
            new FileImport.Settings(UsageSource::open, sending.name(endpoint), WAIT_SECONDS, time));
    RejectsFile rejectsFile = rejects == null ? null : RejectsFile.create(rejects);
    try {
      for (Path file : files) {
        run.importFile(file, rejectsFile);
      }
    } finally {
      if (rejectsFile != null) {
        rejectsFile.close();
      }
    }
    run.summary().print(screen, output.format);
    return run.summary().complete() ? ExitCode.OK : ExitCode.PARTIAL;
  }
}
