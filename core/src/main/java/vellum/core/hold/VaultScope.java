package vellum.core.hold;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.IdentityClass;
import vellum.core.record.MonthId;
import vellum.core.record.TextRule;
import vellum.core.seal.HeldScope;
import vellum.core.seal.RowReader;
import vellum.v1.Channel;
import vellum.v1.IdentifierKind;

/**
 * What a hold is about, made ready to be asked of many records. A subject of the usage log, which
 * no hold keeps, is in no record. Immutable, thread-safe.
 */
public final class VaultScope implements HeldScope {

  private static final long MICROS = 1_000_000;

  private final MonthId vault;
  private final Set<String> accounts;
  private final Set<Integer> channels = new HashSet<>();
  private final long fromMicros;
  private final long toMicros;
  private final boolean hasSubjects;
  private final List<CanonicalIdentity> people = new ArrayList<>();
  private final List<CanonicalIdentity> senders = new ArrayList<>();
  private final List<CanonicalIdentity> parties;
  private final List<UUID> records = new ArrayList<>();
  private final Map<IdentityClass, Set<ByteBuffer>> wanted = new EnumMap<>(IdentityClass.class);

  /**
   * @param vault into which its records go
   */
  public VaultScope(MonthId vault, CaseScope scope) {
    this.vault = vault;
    this.accounts = Set.copyOf(scope.accounts());
    this.fromMicros = micros(scope.from());
    this.toMicros = micros(scope.to());
    this.hasSubjects = !scope.subjects().isEmpty();
    for (Channel channel : scope.channels()) {
      channels.add(channel.getNumber());
    }
    scope.subjects().forEach(this::add);
    this.parties = Stream.concat(people.stream(), senders.stream()).toList();
  }

  private void add(CaseSubject subject) {
    switch (subject.kind()) {
      case NUMBER, ADDRESS, IMSI, OTHER -> {
        CanonicalIdentity identity = subject.identity().orElseThrow();
        people.add(identity);
        want(identity.identityClass(), identity.toArray());
      }
      case SENDER_ID -> {
        byte[] text = subject.value().getBytes(StandardCharsets.UTF_8);
        CanonicalIdentity sender = new CanonicalIdentity().read(kind(text), text, 0, text.length);
        senders.add(sender);
        want(sender.identityClass(), sender.toArray());
      }
      case RECORD_ID -> records.add(UUID.fromString(subject.value()));
      case PLATFORM_IP -> {
        // Of the usage log, not of a record.
      }
    }
  }

  /** A sender id of digits only is a short code. */
  private static int kind(byte[] sender) {
    return TextRule.isDigits(sender, 0, sender.length, 1, sender.length)
        ? IdentifierKind.SHORT_CODE_VALUE
        : IdentifierKind.ALPHANUMERIC_VALUE;
  }

  private void want(IdentityClass identityClass, byte[] canonical) {
    wanted
        .computeIfAbsent(identityClass, any -> new HashSet<>())
        .add(ByteBuffer.wrap(canonical).asReadOnlyBuffer());
  }

  /** Microseconds since the epoch; of an instant within one, those of the next. */
  private static long micros(Instant at) {
    return Math.addExact(
        Math.multiplyExact(at.getEpochSecond(), MICROS), (at.getNano() + 999) / 1_000);
  }

  @Override
  public MonthId vault() {
    return vault;
  }

  @Override
  public boolean mayMatch(String account, int channel, long startedAtMicros) {
    return startedAtMicros >= fromMicros
        && startedAtMicros < toMicros
        && (accounts.isEmpty() || accounts.contains(account))
        && (channels.isEmpty() || channels.contains(channel));
  }

  @Override
  public boolean needsIdentity() {
    return hasSubjects;
  }

  @Override
  public boolean matches(IdentityClass identityClass, byte[] canonical, int offset, int length) {
    Set<ByteBuffer> ofClass = wanted.get(identityClass);
    return ofClass != null && ofClass.contains(ByteBuffer.wrap(canonical, offset, length));
  }

  @Override
  public boolean matchesId(long idHigh, long idLow) {
    return !records.isEmpty() && records.contains(new UUID(idHigh, idLow));
  }

  /** Whether a row may be meant, by what it says in clear. */
  boolean mayMatch(RowReader row, long startedAtMicros) {
    return mayMatch(row.account(), row.channel(), startedAtMicros);
  }

  /** Whether anything of an interval may be meant. */
  boolean overlaps(Instant from, Instant to) {
    return micros(from) < toMicros && fromMicros < micros(to);
  }

  /** Whether no index finds all of it, so that all records of its interval are to be looked at. */
  boolean needsScan() {
    return !senders.isEmpty() || !hasSubjects;
  }

  /** People whose records an index finds. */
  List<CanonicalIdentity> people() {
    return people;
  }

  /** All parties whose records are meant, with senders that no index knows. */
  List<CanonicalIdentity> parties() {
    return parties;
  }

  /** Ids of records that are named. */
  List<UUID> records() {
    return records;
  }

  /** The account whose records all of it is, or null when it is not one. */
  @Nullable String onlyAccount() {
    return accounts.size() == 1 ? accounts.iterator().next() : null;
  }

  /** First start that is meant, milliseconds since the epoch, at least 0. */
  long fromMillis() {
    return Math.max(0, fromMicros / 1_000);
  }

  /** Last one. */
  long lastMillis() {
    return Math.max(0, (toMicros - 1) / 1_000);
  }

  /** Names its vault, and nobody. */
  @Override
  public String toString() {
    return "scope of " + vault;
  }
}
