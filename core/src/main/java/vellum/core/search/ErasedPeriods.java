package vellum.core.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.crypto.KeyRing;
import vellum.core.period.Catalog;
import vellum.core.period.Stage;
import vellum.core.policy.Explainer;
import vellum.core.policy.PolicyException;
import vellum.core.policy.PolicyStore;
import vellum.core.policy.PolicyVersion;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.core.record.Sha256;
import vellum.core.retention.CertificateStore;
import vellum.core.retention.ErasureCertificate;
import vellum.core.retention.Evidence;
import vellum.core.retention.EvidenceStore;
import vellum.v1.Privacy;

/**
 * Tells which parts of a scope's interval are no longer held, since when and by which rule, from
 * the catalog of periods, what was gathered of their ends, their certificates and the policy's
 * versions. Thread-safe.
 */
public final class ErasedPeriods {

  private final Catalog catalog;
  private final KeyRing keys;
  private final EvidenceStore evidence;
  private final CertificateStore certificates;
  private final PolicyStore policies;

  public ErasedPeriods(
      Catalog catalog,
      KeyRing keys,
      EvidenceStore evidence,
      CertificateStore certificates,
      PolicyStore policies) {
    this.catalog = catalog;
    this.keys = keys;
    this.evidence = evidence;
    this.certificates = certificates;
    this.policies = policies;
  }

  /** Parts of a scope's interval that are no longer held, in the order of time. */
  public List<ErasedPeriod> of(CaseScope scope) {
    boolean isOfUsage =
        scope.subjects().stream()
            .anyMatch(subject -> subject.kind() == CaseSubject.Kind.PLATFORM_IP);
    MonthCalendar calendar = policies.calendar();
    List<ErasedPeriod> found = new ArrayList<>();
    Instant first = scope.to();
    for (Map.Entry<MonthId, Catalog.Entry> entry : catalog.entries().entrySet()) {
      MonthId month = entry.getKey();
      boolean counts =
          month.kind() == MonthId.Kind.TRAFFIC || isOfUsage && month.kind() == MonthId.Kind.USAGE;
      if (counts) {
        Instant from = later(calendar.start(month), scope.from());
        Instant to = earlier(calendar.end(month), scope.to());
        first = earlier(first, calendar.start(month));
        if (from.isBefore(to)) {
          erased(month, entry.getValue().stage(), from, to).ifPresent(found::add);
        }
      }
    }
    if (scope.from().isBefore(first)) {
      ErasedPeriod.What never = ErasedPeriod.What.NEVER_HELD;
      found.add(0, new ErasedPeriod("", scope.from(), first, never, null, "", "", ""));
    }
    return found;
  }

  /** Whether anything of an interval is held at all, with identities or without. */
  public boolean isAnyHeld(CaseScope scope) {
    MonthCalendar calendar = policies.calendar();
    return catalog.entries().entrySet().stream()
        .filter(entry -> entry.getKey().holdsRecords())
        .filter(entry -> entry.getValue().stage().owner() != Stage.Owner.NONE)
        .anyMatch(
            entry ->
                calendar.start(entry.getKey()).isBefore(scope.to())
                    && calendar.end(entry.getKey()).isAfter(scope.from()));
  }

  private Optional<ErasedPeriod> erased(MonthId month, Stage stage, Instant from, Instant to) {
    boolean isGone = stage.owner() == Stage.Owner.NONE;
    Optional<KeyRing.Destroyed> end = keys.destruction(month);
    if (!isGone && stage.compareTo(Stage.KEY_DESTROYED) < 0 && end.isEmpty()) {
      return Optional.empty();
    }
    boolean isStrip = month.kind() == MonthId.Kind.TRAFFIC && !isGone;
    ErasureCertificate.Kind kind =
        isStrip ? ErasureCertificate.Kind.STRIP : ErasureCertificate.Kind.EXPIRY;
    String policy = evidence.find(ended(month, kind), kind).map(Evidence::policy).orElse("");
    return Optional.of(
        new ErasedPeriod(
            month.toString(),
            from,
            to,
            isStrip ? ErasedPeriod.What.IDENTITIES : ErasedPeriod.What.RECORDS,
            end.map(KeyRing.Destroyed::at).orElse(null),
            rule(month, policy, isStrip),
            policy,
            certificates
                .find(ended(month, kind), kind)
                .map(one -> Sha256.hex(one.cms()))
                .orElse("")));
  }

  /** Traffic ends with its archive year. */
  private static MonthId ended(MonthId month, ErasureCertificate.Kind kind) {
    boolean isYear = month.kind() == MonthId.Kind.TRAFFIC && kind == ErasureCertificate.Kind.EXPIRY;
    return isYear ? month.year() : month;
  }

  private String rule(MonthId month, String policy, boolean isStrip) {
    PolicyVersion version = version(policy);
    if (version == null) {
      return "";
    }
    try {
      Privacy privacy = isStrip ? Privacy.IDENTITY : Privacy.ROUTING;
      return new Explainer(version).explain(month, privacy).rule();
    } catch (PolicyException unreadable) {
      return "";
    }
  }

  /** The version that ended it; that in force while it ends. */
  private @Nullable PolicyVersion version(String name) {
    if (name.isEmpty()) {
      return policies.current();
    }
    try {
      return policies.version(Integer.parseInt(name)).orElse(null);
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
