package vellum.ingest.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.core.crypto.CmsCheck;
import vellum.core.crypto.CmsException;
import vellum.core.retention.BadCertificate;
import vellum.core.retention.CertificateReport;
import vellum.ingest.terminal.Screen;

/** The check of a certificate, without a server. */
@Command(
    name = "verify",
    description = {
      "Checks a signed certificate and prints what it says. Needs no server.",
      "Without --signer, anybody may have signed it: compare the fingerprint."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum retention verify 2025-03.pem --signer signer.pem",
      "  vellum retention verify 2025-03.pem"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      "0:the signature holds",
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "5:the signature does not hold, or another signed"
    })
final class VerifyCommand implements Callable<Integer> {

  private final Screen screen;

  @Parameters(paramLabel = "FILE", description = "The certificate, PEM or DER.")
  Path file = Path.of("-");

  @Option(
      names = "--signer",
      paramLabel = "FILE",
      description = "The signer's certificate that you trust, from 'vellum retention signer'.")
  @Nullable Path signer;

  VerifyCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    byte[] message = read(file);
    String trusted = signer == null ? null : new String(read(signer), StandardCharsets.ISO_8859_1);
    if (trusted != null && !trusted.contains("-----BEGIN CERTIFICATE-----")) {
      throw new CommandFault(
          ExitCode.USAGE, signer + " is no certificate in PEM; see: vellum retention signer");
    }
    try {
      screen.out().print(CertificateReport.of(CmsCheck.verify(message, trusted)));
      return ExitCode.OK;
    } catch (CmsException | BadCertificate e) {
      throw new CommandFault(ExitCode.UNVERIFIED, "CMS Verification failure: " + e.getMessage());
    }
  }

  /** One byte more than is read, so that a longer file is told by the check. */
  private static byte[] read(Path of) throws IOException {
    try (var in = Files.newInputStream(of)) {
      return in.readNBytes(CmsCheck.MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new CommandFault(ExitCode.USAGE, "there is no file " + of);
    }
  }
}
