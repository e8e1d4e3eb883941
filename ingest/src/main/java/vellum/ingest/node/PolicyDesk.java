package vellum.ingest.node;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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

  /** What every record has; content is explained where there is some. */
  private static final List<Privacy> CLASSES =
      List.of(Privacy.IDENTITY, Privacy.FREE_TEXT, Privacy.ROUTING, Privacy.BILLING);

  private final PolicyStore store;
  private final RetentionWorker worker;
  private final InstantSource clock;

  PolicyDesk(PolicyStore store, RetentionWorker worker, InstantSource clock) {
    this.store = store;
    this.worker = worker;
    this.clock = clock;
  }

  /**
   * Where a period is in its life.
   *
   * @param stage null when nobody knows the period any more: it is gone
   * @param blocked why it does not go on, or null
   */
  record State(MonthId period, @Nullable Stage stage, @Nullable String blocked) {

    /** Whether what its key sealed is unreadable. */
    boolean isUnreadable() {
      return stage == null || stage.compareTo(Stage.KEY_DESTROYED) >= 0;
    }
  }

  /**
   * Why a record's data are kept, by privacy class, or of the fields that a name means.
   *
   * @param content period of its content, or null when it has none
   */
  List<RetentionPort.Reason> reasons(State month, @Nullable State content, @Nullable String field) {
    Explainer explainer = new Explainer(store.current());
    List<RetentionPort.Reason> reasons = new ArrayList<>();
    if (field == null) {
      for (Privacy privacy : CLASSES) {
        reasons.add(reason(explainer.explain(month.period(), privacy), month));
      }
      if (content != null) {
        reasons.add(reason(explainer.explain(content.period(), Privacy.CONTENT), content));
      }
      return reasons;
    }
    for (Explanation one : explainer.explain(month.period(), field)) {
      if (one.privacy() == Privacy.CONTENT && content != null) {
        Explanation apart = explainer.explain(content.period(), Privacy.CONTENT);
        reasons.add(reason(apart.with(String.valueOf(one.field()), null), content));
      } else {
        reasons.add(reason(one, month));
      }
    }
    if (reasons.isEmpty()) {
      throw new RetentionRefusal.UnknownField();
    }
    return reasons;
  }

  private static RetentionPort.Reason reason(Explanation one, State state) {
    boolean sealed =
        switch (one.privacy()) {
          case IDENTITY, FREE_TEXT, CONTENT -> true;
          default -> false;
        };
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
        one.field() == null ? null : atStrip(one.field(), sealed),
        state.blocked(),
        sealed && state.isUnreadable());
  }

  /** What a strip does to a field, in words; null when a record has none of that path. */
  private static @Nullable String atStrip(String path, boolean sealed) {
    return StripProfile.DEFAULT.ruleOf(path).map(rule -> words(rule, sealed)).orElse(null);
  }

  private static String words(StripRule rule, boolean sealed) {
    if (rule == StripRule.DROP) {
      return "goes";
    }
    if (sealed) {
      return "goes, but for what a business owns";
    }
    return switch (rule) {
      case KEEP -> "stays";
      case DROP -> "goes";
      case INSIDE -> "each of its fields by its own rule";
      case BUSINESS -> "stays where it is a business's";
      case SECOND -> "cut to the second";
      case WHOLE_SECONDS -> "cut to a multiple of 1,000";
      case KIBIBYTES -> "rounded up to a multiple of 1,024";
      case LABEL -> "stays where it has letters only";
      case DLR_STATE -> "stays where it is a word of SMPP";
      case PROVIDER -> "stays where it is a public mail provider's";
    };
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
    } catch (PolicyException e) {
      throw new RetentionRefusal.BadPolicy(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new RetentionRefusal.BadPolicy(
          profileLine(yaml) + ": strip_profile: must be " + StripProfile.DEFAULT.name());
    }
  }

  /** The line that names a profile which is not there. */
  private static String profileLine(String yaml) {
    List<String> lines = yaml.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceAll("#.*", "");
      if (line.contains("strip_profile:")
          && !line.matches(".*strip_profile:\\s*[\"']?" + StripProfile.DEFAULT.name() + "\\b.*")) {
        return "line " + (i + 1);
      }
    }
    return "line 1";
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
