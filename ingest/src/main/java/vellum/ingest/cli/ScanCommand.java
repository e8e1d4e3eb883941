package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.core.journal.DataLock;
import vellum.core.journal.JournalException;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.EndpointException;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.scan.ByteForm;
import vellum.ingest.scan.DirectoryScan;
import vellum.ingest.scan.Findings;
import vellum.ingest.scan.ScanException;
import vellum.ingest.scan.ValueSet;
import vellum.ingest.scan.ValuesFile;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.ProgressMeter;
import vellum.ingest.terminal.Screen;
import vellum.ingest.tls.TlsException;

/** A search of a data directory for numbers that must not be there. */
@Command(
    name = "scan",
    description = {
      "Searches every byte under a data directory for numbers and addresses: journal, stores,"
          + " temporary files, in plain text, UTF-16, BCD, TBCD, base64, hex and reversed.",
      "Stores are compressed: with no server running, every row of them is read and searched too."
          + " Hits name a value by its line in FILE, never itself."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum retention scan --values numbers.txt --data data",
      "  vellum retention scan --values numbers.txt --data /mnt/backup --output json"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      "0:none was found",
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "3:none was found, but some files could not be read",
      "5:some were found"
    })
final class ScanCommand implements Callable<Integer> {

  private static final int MIB = 20;

  private final Screen screen;
  @Mixin DataOption server = new DataOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--values",
      paramLabel = "FILE",
      required = true,
      description = {
        "One value a line, at most 1,000,000: numbers of 7 to 18 digits in any spelling,"
            + " other texts of 6 to 254 bytes; # begins a comment. Not under the data directory."
      })
  Path values = Path.of("-");

  ScanCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    Path data = server.directory(screen).toAbsolutePath().normalize();
    if (!Files.isDirectory(data)) {
      throw new CommandFault(ExitCode.USAGE, "there is no directory " + data);
    }
    if (values.toRealPath().startsWith(data.toRealPath())) {
      throw new CommandFault(
          ExitCode.USAGE, "the values lie in the directory that is searched; move them elsewhere");
    }
    Findings findings;
    try (DataLock lock = lock(data)) {
      findings = scan(ValuesFile.read(values), data, lock != null || !hasLock(data));
    } catch (ScanException e) {
      throw new CommandFault(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
    print(findings);
    if (findings.isFound()) {
      return ExitCode.UNVERIFIED;
    }
    return findings.unread().isEmpty() ? ExitCode.OK : ExitCode.PARTIAL;
  }

  private static boolean hasLock(Path data) {
    return Files.exists(data.resolve("lock"));
  }

  /**
   * Keeps a server from starting meanwhile; null when one runs, and in a directory that never had
   * one, which is left as it is.
   */
  private @Nullable DataLock lock(Path data) {
    if (!hasLock(data)) {
      return null;
    }
    try {
      // Asked first: a lock of this very process would be lost by trying to get it.
      new ServerCalls(Endpoint.of(server.directory(screen))).get("/livez");
      return null;
    } catch (EndpointException | TlsException noServer) {
      try {
        return DataLock.acquire(data);
      } catch (JournalException.Locked | UncheckedIOException e) {
        return null;
      }
    }
  }

  private Findings scan(ValueSet set, Path data, boolean rows) throws IOException {
    DirectoryScan scan = new DirectoryScan(set);
    try (ProgressMeter meter = new ProgressMeter(screen, "scan", "MiB", System::nanoTime)) {
      DirectoryScan.Progress progress = (done, total) -> meter.at(done, total, done >> MIB);
      if (!rows) {
        screen
            .err()
            .println(
                "a server has the directory: rows inside compressed files are not searched; stop"
                    + " it to search them too");
        return scan.ofFiles(data, progress);
      }
      Path scratch = Files.createTempDirectory("vellum-scan");
      try {
        return scan.ofFilesAndRows(data, scratch, progress);
      } finally {
        try (var left = Files.list(scratch)) {
          for (Path file : left.toList()) {
            Files.deleteIfExists(file);
          }
        }
        Files.deleteIfExists(scratch);
      }
    }
  }

  private void print(Findings findings) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (Findings.Hit hit : findings.hits()) {
      rows.addObject()
          .put("file", hit.file())
          .put("table", hit.table())
          .put("offset", hit.offset())
          .put("form", hit.form().title())
          .put("line", hit.line());
    }
    new JsonRows(screen, output.format).print(rows);
    for (Findings.Unread unread : findings.unread()) {
      screen.err().println(screen.errPaint().red(unread.file() + ": " + unread.why()));
    }
    for (ByteForm form : ByteForm.values()) {
      if (findings.count(form) > 0) {
        screen.err().println(line(findings, form));
      }
    }
    screen
        .err()
        .println(
            (findings.isFound() ? "found" : "none found")
                + " in "
                + Figures.count(findings.files(), "file")
                + " of "
                + Figures.bytes(findings.bytes())
                + (findings.stores() == 0
                    ? ""
                    : " and "
                        + Figures.count(findings.rows(), "row")
                        + " of "
                        + Figures.count(findings.stores(), "store")));
  }

  private static String line(Findings findings, ByteForm form) {
    String hits = form.title() + ": " + Figures.count(findings.count(form), "hit");
    if (!form.byChance()) {
      return hits;
    }
    return hits
        + String.format(
            Locale.ROOT,
            ", %d different, %.3f expected by chance",
            findings.different(form),
            findings.expected(form))
        + (findings.isFound(form) ? "" : ": not counted as found");
  }
}
