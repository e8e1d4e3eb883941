package vellum.ingest.node;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import vellum.core.period.Stage;
import vellum.core.policy.Explainer;
import vellum.core.policy.Explanation;
import vellum.core.policy.LivePeriod;
import vellum.core.policy.PolicyDiff;
import vellum.core.policy.PolicyException;
import vellum.core.policy.PolicyStore;
import vellum.core.policy.PolicyVersion;
import vellum.core.policy.RetentionPolicy;
import vellum.core.record.MonthId;
import vellum.core.retention.RetentionStatus;
import vellum.core.retention.RetentionWorker;
import vellum.core.strip.StripProfile;
import vellum.core.strip.StripRule;
import vellum.ingest.api.RetentionPort;
import vellum.ingest.api.RetentionRefusal;
import vellum.v1.Privacy;

/** Answers about the retention policy: versions, reasons, differences. Thread-safe. */
final class PolicyDesk {

  private static final List<Privacy> CLASSES =
      List.of(
          Privacy.IDENTITY,
          Privacy.FREE_TEXT,
          Privacy.ROUTING,
          Privacy.BILLING,
          Privacy.CONTENT,
          Privacy.USAGE);

  private final PolicyStore store;
  private final RetentionWorker worker;
  private final InstantSource clock;

  PolicyDesk(PolicyStore store, RetentionWorker worker, InstantSource clock) {
    this.store = store;
    this.worker = worker;
    this.clock = clock;
  }

  /** Why the data of a period are kept, by privacy class, or of the fields that a name means. */
  List<RetentionPort.Reason> reasons(
      MonthId month, @Nullable String field, @Nullable String blocked) {
    Explainer explainer = new Explainer(store.current());
    List<Explanation> found = new ArrayList<>();
    if (field == null) {
      CLASSES.forEach(privacy -> found.add(explainer.explain(month, privacy)));
    } else {
      found.addAll(explainer.explain(month, field));
      if (found.isEmpty()) {
        throw new RetentionRefusal.UnknownField();
      }
    }
    return found.stream().map(one -> reason(one, blocked)).toList();
  }

  private static RetentionPort.Reason reason(Explanation one, @Nullable String blocked) {
    return new RetentionPort.Reason(
        one.privacy().name(),
        one.field(),
        one.rule(),
        one.retentionClass(),
        one.policyVersion(),
        one.anchor(),
        one.anchorAt(),
        one.zone(),
        one.erasedAt(),
        one.source(),
        one.verified(),
        one.legalBasis(),
        one.field() == null ? null : atStrip(one.field()),
        blocked);
  }

  private static @Nullable String atStrip(String path) {
    return StripProfile.DEFAULT
        .ruleOf(path)
        .map(StripRule::name)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .orElse(null);
  }

  Optional<RetentionPort.Policy> version(OptionalInt number) {
    return number.isPresent()
        ? store.version(number.getAsInt()).map(this::policy)
        : Optional.of(policy(store.current()));
  }

  private RetentionPort.Policy policy(PolicyVersion version) {
    return new RetentionPort.Policy(
        version.version(),
        version.acceptedAt(),
        version.reason(),
        version.version() == store.current().version(),
        version.yaml());
  }

  RetentionPort.Difference difference(byte[] yaml) {
    PolicyVersion before = store.current();
    RetentionPolicy after = parse(text(yaml));
    PolicyDiff diff = PolicyDiff.of(before.policy(), after, data(), clock.instant());
    return new RetentionPort.Difference(
        before.version(),
        diff.classes().stream().map(PolicyDesk::difference).toList(),
        diff.periods().stream().map(PolicyDesk::moved).toList());
  }

  RetentionPort.Policy accept(byte[] yaml, String by, String reason) {
    String text = text(yaml);
    parse(text);
    try {
      return policy(
          store.accept(
              new PolicyStore.Acceptance(text, store.current().version(), by, reason), data()));
    } catch (PolicyException.Invalid e) {
      throw new RetentionRefusal.BadPolicy(String.valueOf(e.getMessage()));
    } catch (PolicyException | IllegalArgumentException e) {
      throw new RetentionRefusal.NotAllowed(String.valueOf(e.getMessage()));
    }
  }

  private static RetentionPolicy parse(String yaml) {
    try {
      RetentionPolicy policy = RetentionPolicy.parse(yaml);
      Keeping.requireProfiles(policy);
      return policy;
    } catch (PolicyException | IllegalArgumentException e) {
      throw new RetentionRefusal.BadPolicy(String.valueOf(e.getMessage()));
    }
  }

  private static String text(byte[] yaml) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(yaml)).toString();
    } catch (CharacterCodingException e) {
      throw new RetentionRefusal.BadPolicy("the policy is not UTF-8");
    }
  }

  /** Every period that is there, as far as a policy may move it. */
  private List<LivePeriod> data() {
    return worker.status().periods().stream()
        .filter(one -> one.stage() != Stage.EXPIRED)
        .map(PolicyDesk::live)
        .toList();
  }

  private static LivePeriod live(RetentionStatus.Period one) {
    return new LivePeriod(
        one.month(),
        one.stage().name(),
        one.stage().compareTo(Stage.KEY_DESTROYED) >= 0,
        one.records(),
        one.bytes());
  }

  private static RetentionPort.ClassDifference difference(PolicyDiff.ClassDiff one) {
    return new RetentionPort.ClassDifference(
        one.name(), one.change().name(), shift(one.identities()), shift(one.rest()));
  }

  private static RetentionPort.Shift shift(PolicyDiff.Shift one) {
    return new RetentionPort.Shift(
        one.earlier().months(),
        one.earlier().records(),
        one.later().months(),
        one.later().records(),
        one.dueAtOnce());
  }

  private static RetentionPort.Moved moved(PolicyDiff.PeriodDiff one) {
    return new RetentionPort.Moved(
        one.period(),
        one.records(),
        one.oldIdentities(),
        one.newIdentities(),
        one.oldRemoval(),
        one.newRemoval(),
        one.dueAtOnce());
  }
}
