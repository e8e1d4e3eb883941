package vellum.ingest.node;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
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
import vellum.core.strip.StripProfile;
import vellum.ingest.api.RetentionPort;
import vellum.ingest.api.RetentionRefusal;
import vellum.v1.Privacy;

/** Answers about the retention policy: versions, reasons, differences. Thread-safe. */
final class PolicyDesk {

  /** What every record has; content is explained where there is some. */
  private static final List<Privacy> CLASSES =
      List.of(Privacy.IDENTITY, Privacy.FREE_TEXT, Privacy.ROUTING, Privacy.BILLING);

  private final PolicyStore store;
  private final Supplier<RetentionStatus> status;
  private final InstantSource clock;

  /**
   * @param status where every period is
   */
  PolicyDesk(PolicyStore store, Supplier<RetentionStatus> status, InstantSource clock) {
    this.store = store;
    this.status = status;
    this.clock = clock;
  }

  /**
   * Where a period is in its life.
   *
   * @param stage null when nobody knows the period any more: it is gone
   * @param blocked why it does not go on, or null
   * @param ended the end of its key, or null while there is none
   */
  record State(
      MonthId period, @Nullable Stage stage, @Nullable String blocked, @Nullable Ended ended) {

    /** Whether what its key sealed is unreadable. */
    boolean isUnreadable() {
      return ended != null || stage == null || stage.compareTo(Stage.KEY_DESTROYED) >= 0;
    }
  }

  /**
   * How what a key sealed was erased.
   *
   * @param policy version by which, as its evidence has it; null when there is none
   */
  record Ended(@Nullable String policy, Instant at) {}

  /**
   * Why a record's data are kept, by privacy class, or of the fields that a name means. Of what is
   * erased: the rule by which it was, and when.
   *
   * @param content period of its content, or null when it has none
   */
  List<RetentionPort.Reason> reasons(State month, @Nullable State content, @Nullable String field) {
    List<RetentionPort.Reason> reasons = new ArrayList<>();
    if (field == null) {
      for (Privacy privacy : CLASSES) {
        reasons.add(reason(privacy, null, month));
      }
      if (content != null) {
        reasons.add(reason(Privacy.CONTENT, null, content));
      }
      return reasons;
    }
    for (Explanation one : new Explainer(store.current()).explain(month.period(), field)) {
      State of = one.privacy() == Privacy.CONTENT && content != null ? content : month;
      reasons.add(reason(one.privacy(), one.field(), of));
    }
    if (reasons.isEmpty()) {
      throw new RetentionRefusal.UnknownField();
    }
    return reasons;
  }

  private RetentionPort.Reason reason(Privacy privacy, @Nullable String field, State state) {
    boolean sealed =
        switch (privacy) {
          case IDENTITY, FREE_TEXT, CONTENT -> true;
          default -> false;
        };
    Ended ended = sealed ? state.ended() : null;
    PolicyVersion version = ended == null ? store.current() : version(ended);
    Explanation one = new Explainer(version).explain(state.period(), privacy);
    boolean stripped = field != null && state.period().kind() == MonthId.Kind.TRAFFIC;
    return new RetentionPort.Reason(
        one.privacy().name(),
        field,
        one.rule(),
        one.retentionClass(),
        one.policyVersion(),
        one.anchor(),
        one.anchorAt(),
        one.zone(),
        ended == null ? one.erasedAt() : ended.at(),
        one.source(),
        one.verified(),
        one.legalBasis(),
        stripped
            ? StripWords.of(version.policy(), state.period(), String.valueOf(field), sealed)
            : null,
        state.blocked(),
        sealed && state.isUnreadable());
  }

  private PolicyVersion version(Ended ended) {
    String number = ended.policy();
    return number != null && number.matches("[1-9][0-9]{0,8}")
        ? store.version(Integer.parseInt(number)).orElseGet(store::current)
        : store.current();
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

  RetentionPort.Policy accept(byte[] yaml, int replaces, String by, String reason) {
    String text = text(yaml);
    parse(text);
    try {
      return policy(store.accept(new PolicyStore.Acceptance(text, replaces, by, reason), data()));
    } catch (PolicyException.Invalid e) {
      throw new RetentionRefusal.BadPolicy(String.valueOf(e.getMessage()));
    } catch (PolicyException.Outdated e) {
      throw new RetentionRefusal.NotAllowed(
          "version "
              + store.current().version()
              + " of the policy is in force, and the difference was made against version "
              + replaces
              + ": nothing was changed; look at \"vellum retention diff\" again, then apply");
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
    return status.get().periods().stream()
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
