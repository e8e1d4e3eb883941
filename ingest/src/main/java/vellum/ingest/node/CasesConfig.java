package vellum.ingest.node;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import vellum.core.envelope.StampPort;
import vellum.core.policy.Authorities;
import vellum.core.policy.AuthorityFile;

/**
 * How long closed cases are kept, by their kinds, until their keys are destroyed; whose orders are
 * answered, and with what packages.
 *
 * @param holdYears years after the release of a hold, 1 to 30; 3
 * @param orderYears years after the closing of an order, 1 to 30; 5
 * @param requestYears years after the closing of a person's request, 1 to 30; 3
 * @param authorities file of those whose orders are answered, read at every start; empty: nobody's
 *     are. {@code config/authorities.yaml} shows the format
 * @param packages directory of orders' packages; empty: {@code packages} in the data directory
 * @param packageDays days for which a package stays behind its last handing over, 1 to 365; 30
 * @param provider who answers, as ETSI documents name it, 1 to 100 characters
 * @param etsiSchema XSD of ETSI TS 102 657, by which documents are checked; empty: they are not
 * @param timeStampUrl of a time stamping authority (RFC 3161) that packages of orders are stamped
 *     by, http or https; empty: they are not
 */
public record CasesConfig(
    int holdYears,
    int orderYears,
    int requestYears,
    Path authorities,
    Path packages,
    int packageDays,
    String provider,
    Path etsiSchema,
    String timeStampUrl) {

  private static final int MOST_YEARS = 30;
  private static final int MOST_DAYS = 365;
  private static final int MOST_CHARS = 100;
  private static final String URL = "https?://[A-Za-z0-9.:\\[\\]-]+(/[!-~]*)?";
  private static final Duration STAMP_PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_BYTES = 4 << 20;

  public CasesConfig {
    check("holdYears", holdYears);
    check("orderYears", orderYears);
    check("requestYears", requestYears);
    if (packageDays < 1 || packageDays > MOST_DAYS) {
      throw new IllegalArgumentException(
          "packageDays must be 1 to " + MOST_DAYS + ": " + packageDays);
    }
    if (provider.isBlank() || provider.length() > MOST_CHARS) {
      throw new IllegalArgumentException(
          "provider must have 1 to " + MOST_CHARS + " characters: " + provider.length());
    }
    if (!timeStampUrl.isEmpty() && !timeStampUrl.matches(URL)) {
      throw new IllegalArgumentException(
          "timeStampUrl must be empty, or http:// or https:// and a host: " + timeStampUrl);
    }
  }

  /** The defaults. */
  public static CasesConfig defaults() {
    return new CasesConfig(3, 5, 3, Path.of(""), Path.of(""), 30, "vellum", Path.of(""), "");
  }

  private static void check(String name, int years) {
    if (years < 1 || years > MOST_YEARS) {
      throw new IllegalArgumentException(name + " must be 1 to " + MOST_YEARS + ": " + years);
    }
  }

  /**
   * Reads whose orders are answered.
   *
   * @throws NodeException.BadConfig naming the file, and in it line and field
   */
  Authorities readAuthorities() {
    return new NamedFile("cases.authorities", authorities, MAX_BYTES)
        .read(Authorities.NONE, AuthorityFile::read);
  }

  /** What stamps packages; null: nothing does. */
  @Nullable StampPort stamps() {
    return timeStampUrl.isEmpty() ? null : new HttpStamps(URI.create(timeStampUrl), STAMP_PATIENCE);
  }

  /** The same with another file of authorities. */
  CasesConfig withAuthorities(Path file) {
    return new CasesConfig(
        holdYears,
        orderYears,
        requestYears,
        file,
        packages,
        packageDays,
        provider,
        etsiSchema,
        timeStampUrl);
  }

  /**
   * Where packages are.
   *
   * @param data directory of the node
   */
  Path packagesIn(Path data) {
    return packages.toString().isEmpty() ? data.resolve("packages") : packages;
  }
}
