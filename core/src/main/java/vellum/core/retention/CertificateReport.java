package vellum.core.retention;

import java.util.stream.Collectors;
import vellum.core.crypto.CmsCheck;
import vellum.core.retention.ErasureCertificate.Backup;

/** The text that the check of an erasure certificate shows to people. */
public final class CertificateReport {

  /** What {@code openssl cms -verify} says when all is well. */
  public static final String VERIFIED = "CMS Verification successful";

  private CertificateReport() {}

  /**
   * Checks a signed certificate and reports it.
   *
   * @param verified what {@link CmsCheck#verify} gave: only what was verified can be reported
   * @throws BadCertificate when something else than an erasure certificate was signed
   */
  public static String of(CmsCheck.Verified verified) {
    ErasureCertificate c = ErasureCertificate.parse(verified.content());
    StringBuilder text = new StringBuilder(VERIFIED).append('\n');
    line(text, "signed by", verified.signer());
    line(text, "fingerprint", "SHA-256 " + verified.fingerprint());
    line(
        text,
        "signer",
        verified.trusted()
            ? "is the one trusted"
            : "NOT COMPARED: give the certificate that you trust");
    line(text, "signed at", verified.signedAt().toString());
    text.append('\n');
    line(text, "erased", erased(c));
    line(text, "policy", c.policy());
    line(text, "deadline", c.deadline().toString());
    line(text, "key", c.key().id() + " destroyed at " + c.key().at());
    line(text, "destruction", c.key().meaning());
    line(text, "records", String.valueOf(c.records().count()));
    c.records().months().forEach(one -> line(text, one.month(), one.records() + " records"));
    if (c.isYear()) {
      line(text, "totals", "in the certificates of its months");
    } else {
      line(text, "totals", c.records().totals().map(d -> "SHA-256 " + d).orElse("none"));
    }
    line(text, "kept part", c.records().projection().map(d -> "SHA-256 " + d).orElse("none"));
    if (c.kind() == ErasureCertificate.Kind.STRIP) {
      c.recordsMeaning().ifPresent(meaning -> line(text, "as of", meaning));
    }
    line(
        text,
        "removed",
        c.files().count() + " files, " + c.files().bytes() + " bytes, at " + c.files().at());
    line(
        text,
        "kek",
        c.kek().map(kek -> kek.from() + " replaced by " + kek.to()).orElse("not rotated"));
    line(text, "key backups", backups(c));
    line(text, "held", ErasureCertificate.HELD_STATEMENT);
    line(text, "made by", "vellum " + c.maker().version() + ", " + c.maker().incarnation());
    return text.toString();
  }

  private static String erased(ErasureCertificate c) {
    return switch (c.kind()) {
      case STRIP -> "the identities of " + c.period();
      case EXPIRY ->
          c.isYear()
              ? "the archive year "
                  + c.period().month().getYear()
                  + " of class "
                  + c.retentionClass()
              : "everything of " + c.period();
      case RELEASE -> "what a hold kept in " + c.period();
    };
  }

  private static String backups(ErasureCertificate c) {
    if (c.backups().isEmpty()) {
      return "none registered";
    }
    return c.backups().stream().map(CertificateReport::backup).collect(Collectors.joining("; "));
  }

  private static String backup(Backup backup) {
    return backup.name()
        + (backup.rewritten() ? " rewritten, " : " UNREACHABLE, ")
        + backup.detail()
        + ", at "
        + backup.at();
  }

  private static void line(StringBuilder text, String label, String value) {
    text.append("%-12s %s%n".formatted(label + ":", value).replace(System.lineSeparator(), "\n"));
  }
}
