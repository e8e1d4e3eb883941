package vellum.core.hold;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.IdentityClass;
import vellum.core.record.MonthId;
import vellum.core.seal.HeldScope;
import vellum.v1.Channel;

/**
 * What a hold is about, made ready to be asked of many records. Immutable, thread-safe. A platform
 * address is of the usage log, which no hold keeps: {@link HoldDesk} takes none.
 */
final class ScopeOfHold implements HeldScope {

  private static final long MICROS = 1_000_000;

  private final MonthId vault;
  private final Set<String> accounts;
  private final Set<Integer> channels = new HashSet<>();
  private final long fromMicros;
  private final long toMicros;
  private final boolean subjects;
  private final Map<IdentityClass, Set<ByteBuffer>> people = new EnumMap<>(IdentityClass.class);
  private final Set<UUID> records = new HashSet<>();

  ScopeOfHold(MonthId vault, CaseScope scope) {
    this.vault = vault;
    this.accounts = Set.copyOf(scope.accounts());
    this.fromMicros = micros(scope.from());
    this.toMicros = micros(scope.to());
    this.subjects = !scope.subjects().isEmpty();
    for (Channel channel : scope.channels()) {
      channels.add(channel.getNumber());
    }
    for (IdentityClass identityClass : IdentityClass.values()) {
      people.put(identityClass, new HashSet<>());
    }
    scope.subjects().forEach(this::add);
  }

  private void add(CaseSubject subject) {
    switch (subject.kind()) {
      case NUMBER, ADDRESS, IMSI, OTHER -> {
        CanonicalIdentity identity = subject.identity().orElseThrow();
        add(identity.identityClass(), identity.toArray());
      }
      case SENDER_ID -> add(IdentityClass.OTHER, subject.value().getBytes(StandardCharsets.UTF_8));
      case RECORD_ID -> records.add(UUID.fromString(subject.value()));
      case PLATFORM_IP -> throw new IllegalArgumentException("no hold keeps the usage log");
    }
  }

  private void add(IdentityClass identityClass, byte[] canonical) {
    people.computeIfAbsent(identityClass, any -> new HashSet<>()).add(ByteBuffer.wrap(canonical));
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
    return subjects;
  }

  @Override
  public boolean matches(IdentityClass identityClass, byte[] canonical, int offset, int length) {
    Set<ByteBuffer> wanted = people.get(identityClass);
    return wanted != null
        && !wanted.isEmpty()
        && wanted.contains(ByteBuffer.wrap(canonical, offset, length));
  }

  @Override
  public boolean matchesId(long idHigh, long idLow) {
    return !records.isEmpty() && records.contains(new UUID(idHigh, idLow));
  }

  /** Names its vault, and nobody. */
  @Override
  public String toString() {
    return "scope of " + vault;
  }
}
