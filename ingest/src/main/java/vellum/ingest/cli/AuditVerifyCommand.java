package vellum.ingest.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.core.audit.AuditException;
import vellum.core.audit.Finding;
import vellum.core.audit.TrailCopy;
import vellum.core.audit.TrailFile;
import vellum.core.audit.TrailSource;
import vellum.core.audit.TrailVerification;
import vellum.core.audit.VerifierKey;
import vellum.core.disk.RealDisk;
import vellum.core.store.StoreException;
import vellum.ingest.terminal.Screen;

/** The check of an audit trail, without a server. */
@Command(
    name = "verify",
    description = {
      "Checks an exported audit trail, or the one in a copy of a data directory, and names every"
          + " entry that was edited, dropped, reordered, cut off at the end, or is not what was"
          + " signed. Needs no server.",
      "Without --key it believes the keys that the trail names itself: that proves only that it fits"
          + " together. Checkpoints that were kept elsewhere find a trail that was changed by"
          + " somebody who has its key."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum audit verify trail.ndjson --key trail.key",
      "  vellum audit verify copy-of-data --key trail.key --checkpoints /mnt/second-place"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      "0:the trail is whole",
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "5:it is not; each finding names its entry"
    })
final class AuditVerifyCommand implements Callable<Integer> {

  private static final long MOST_BYTES = 64 * 1024;

  private final Screen screen;

  @Parameters(
      paramLabel = "PATH",
      description = "An export, or a copy of a data directory that no server has open.")
  Path path = Path.of("-");

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "The key you trust, from 'vellum audit key', or a file with it; may be repeated.")
  List<String> keys = List.of();

  @Option(
      names = "--checkpoints",
      paramLabel = "PATH",
      description = "A checkpoint that was kept elsewhere, or a directory of them.")
  @Nullable Path checkpoints;

  AuditVerifyCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    Path scratch = Files.createTempDirectory("vellum-audit");
    try {
      return verify(scratch);
    } catch (AuditException.Unreadable e) {
      throw new CommandFault(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (StoreException.Corrupt e) {
      throw new CommandFault(ExitCode.UNVERIFIED, String.valueOf(e.getMessage()));
    } finally {
      new RealDisk().deleteTree(scratch);
    }
  }

  private int verify(Path scratch) throws IOException {
    TrailSource source =
        Files.isDirectory(path) ? TrailCopy.open(path, scratch) : TrailFile.open(path);
    TrailVerification verification = new TrailVerification(source, trusted());
    for (Path one : kept()) {
      verification.addCheckpoint(text(one));
    }
    TrailVerification.Verdict verdict = verification.run();
    tell(source, verdict);
    return verdict.isGood() ? ExitCode.OK : ExitCode.UNVERIFIED;
  }

  private List<VerifierKey> trusted() throws IOException {
    List<VerifierKey> trusted = new ArrayList<>();
    for (String one : keys) {
      boolean isKey = one.indexOf('+') > 0 && !Files.isRegularFile(Path.of(one));
      trusted.add(VerifierKey.parse(isKey ? one : text(Path.of(one))));
    }
    return trusted;
  }

  private List<Path> kept() throws IOException {
    if (checkpoints == null) {
      return List.of();
    } else if (!Files.isDirectory(checkpoints)) {
      return List.of(checkpoints);
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files.filter(file -> file.toString().endsWith(".checkpoint")).sorted().toList();
    }
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new CommandFault(
          ExitCode.USAGE, file + " has more than " + MOST_BYTES + " bytes: no key, no checkpoint");
    }
    return Files.readString(file);
  }

  private void tell(TrailSource source, TrailVerification.Verdict verdict) {
    for (Finding one : verdict.findings()) {
      screen.out().println(one.kind() + ": " + one.text());
    }
    long unsigned = verdict.entries() - verdict.signed();
    screen
        .out()
        .println(
            (verdict.isGood() ? "good: " : "NOT GOOD: ")
                + source.origin()
                + ", "
                + verdict.entries()
                + " entries, "
                + verdict.signed()
                + " of them signed over by "
                + verdict.checkpoints()
                + " checkpoints");
    if (verdict.isGood() && unsigned > 0) {
      screen.err().println("the last " + unsigned + " entries are held together by hashes only");
    }
    if (verdict.unknown() > 0) {
      screen.err().println(verdict.unknown() + " checkpoints are of keys that were not given");
    }
    if (keys.isEmpty()) {
      source.keys().forEach(key -> screen.err().println("compare the key: " + key.text()));
    }
  }
}
