package vellum.core.order;

import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.util.function.Predicate;
import java.util.function.Supplier;
import vellum.core.casefile.CaseFiles;
import vellum.core.casefile.CaseScope;
import vellum.core.policy.Authorities;

/**
 * What orders need from outside.
 *
 * @param authorities whose orders are answered, as the table is now
 * @param isHeld whether anything of a scope's interval is kept
 * @param certificates judges agencies' certificates
 * @param keep how long a closed order's case is kept
 */
public record OrderParts(
    CaseFiles cases,
    Supplier<Authorities> authorities,
    Predicate<CaseScope> isHeld,
    Certificates certificates,
    DisclosureJournal journal,
    InstantSource clock,
    Period keep) {

  /** Port: judges certificates of agencies. */
  @FunctionalInterface
  public interface Certificates {

    /**
     * Refuses one to which nothing may be sent.
     *
     * @throws OrderException.CertificateRefused naming what is wrong with it
     */
    void require(String pem, Instant now);
  }
}
