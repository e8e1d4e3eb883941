package vellum.ingest.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.core.crypto.CmsException;
import vellum.core.disclosure.PackageCheck;
import vellum.core.disclosure.PackageException;
import vellum.core.envelope.AgencyKey;
import vellum.core.envelope.EnvelopeException;
import vellum.core.envelope.OpeningKey;
import vellum.core.envelope.Passphrase;
import vellum.ingest.terminal.ProgressMeter;
import vellum.ingest.terminal.Screen;

/** The check of a package by its receiver, without a server. */
@Command(
    name = "verify",
    description = {
      "Opens every file of a package, compares it with the signed manifest, and counts its records."
          + " Needs no server, and writes nothing.",
      "Without --signer, anybody may have signed it: compare the fingerprint."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum order verify package --key agency.key --signer signer.pem",
      "  vellum order verify package --passphrase-file passphrase.txt"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      "0:the package is whole, and what was signed",
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "5:it is not, or it is for somebody else; the message names the first file that is not"
    })
final class OrderVerifyCommand implements Callable<Integer> {

  private static final int MOST_SMALL_BYTES = 64 << 10;

  /** Every file is read for its sum, and again to be opened. */
  private static final int READS = 2;

  private final Screen screen;

  @Parameters(paramLabel = "PACKAGE", description = "The directory of the package.")
  Path directory = Path.of("-");

  @ArgGroup(multiplicity = "1")
  Secret secret = new Secret();

  @Option(
      names = "--signer",
      paramLabel = "FILE",
      description = "The provider's certificate that you trust, in PEM.")
  @Nullable Path signer;

  /** What opens it: one of both. */
  static final class Secret {
    @Option(
        names = "--key",
        paramLabel = "FILE",
        required = true,
        description = "The agency's private key, in PEM, not encrypted.")
    @Nullable Path key;

    @Option(
        names = "--passphrase-file",
        paramLabel = "FILE",
        required = true,
        description = "A file with the passphrase in its first line.")
    @Nullable Path passphrase;
  }

  OrderVerifyCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new CommandFault(ExitCode.USAGE, "there is no directory " + directory);
    }
    OpeningKey key;
    try {
      key = key();
    } catch (EnvelopeException e) {
      throw new CommandFault(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
    String trusted = signer == null ? null : text(signer);
    AtomicLong read = new AtomicLong();
    long total = READS * Math.max(1, bytes());
    try (ProgressMeter meter = new ProgressMeter(screen, "verify", "bytes", System::nanoTime)) {
      PackageCheck.Report report =
          PackageCheck.check(
              directory, key, trusted, more -> meter.at(read.addAndGet(more), total, read.get()));
      print(screen.out(), report);
      return ExitCode.OK;
    } catch (CmsException.BadCertificate e) {
      throw new CommandFault(ExitCode.USAGE, signer + " is no certificate in PEM");
    } catch (PackageException.Broken | PackageException.Incomplete | EnvelopeException e) {
      throw new CommandFault(ExitCode.UNVERIFIED, "not verified: " + e.getMessage());
    }
  }

  private OpeningKey key() throws IOException {
    if (secret.key != null) {
      return AgencyKey.of(text(secret.key));
    }
    return Passphrase.of(
        text(java.util.Objects.requireNonNull(secret.passphrase)).lines().findFirst().orElse(""));
  }

  private static String text(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_SMALL_BYTES), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new CommandFault(ExitCode.USAGE, "there is no file " + file);
    }
  }

  private long bytes() throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(directory)) {
      files = list.toList();
    }
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static void print(PrintStream out, PackageCheck.Report report) {
    out.println("package verified");
    line(
        out,
        "records",
        String.format(
            Locale.ROOT,
            "%,d in %,d files, %,d bytes",
            report.records(),
            report.files(),
            report.bytes()));
    line(out, "no longer held", report.manifest().path("erased").size() + " periods");
    line(out, "signed by", report.signer());
    line(
        out,
        "fingerprint",
        report.fingerprint()
            + (report.trusted()
                ? ", which is the one trusted"
                : ", NOT COMPARED: compare it with the provider's"));
    line(out, "signed at", report.signedAt().toString());
    line(out, "time stamp", report.stampedAt() == null ? "none" : report.stampedAt().toString());
  }

  private static void line(PrintStream out, String name, String value) {
    out.printf(Locale.ROOT, "%-15s %s%n", name, value);
  }
}
