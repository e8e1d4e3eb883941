package vellum.core.subject;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import vellum.core.casefile.CaseId;
import vellum.core.record.CanonicalIdentity;
import vellum.v1.DetailRecord;

/**
 * Whose identities are not shown now, as restrictions and objections that were granted have it:
 * asked before an identity is shown in clear. Who is meant stands here by a MAC under a key of this
 * process only, so that a dump of memory does not list them. Orders and holds do not ask.
 * Thread-safe; without a restriction an answer costs one volatile read.
 */
public final class Restrictions {

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;
  private volatile Map<String, List<Span>> spans = Map.of();

  /** When, and of which accounts, somebody is not shown; no accounts: of all. */
  private record Span(CaseId by, long fromMicros, long toMicros, SortedSet<String> accounts) {

    boolean holds(String account, long startedAtMicros) {
      return startedAtMicros >= fromMicros
          && startedAtMicros < toMicros
          && (accounts.isEmpty() || accounts.contains(account));
    }
  }

  public Restrictions(SecureRandom random) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  /** Whether nobody is restricted, so that nothing need be asked. */
  public boolean isEmpty() {
    return spans.isEmpty();
  }

  /** Whether somebody who takes part in a record, opened in clear, is not to be shown. */
  public boolean holds(DetailRecord record) {
    Map<String, List<Span>> now = spans;
    if (now.isEmpty() || !record.hasSubmission()) {
      return false;
    }
    long startedAt = Parties.startedAtMicros(record);
    return Parties.of(record.getSubmission()).stream()
        .flatMap(party -> Parties.identities(party).stream())
        .anyMatch(
            identity ->
                now.getOrDefault(mac(identity), List.of()).stream()
                    .anyMatch(span -> span.holds(record.getAccount(), startedAt)));
  }

  /** Whether this is not to be shown, whatever the record. */
  public boolean holds(CanonicalIdentity identity) {
    Map<String, List<Span>> now = spans;
    return !now.isEmpty() && now.containsKey(mac(identity));
  }

  /** Takes over what a request says as it stands: its restriction begins, or ends. */
  synchronized void follow(Request request) {
    Map<String, List<Span>> next = new HashMap<>();
    spans.forEach(
        (mac, list) -> {
          List<Span> others = list.stream().filter(one -> !one.by.equals(request.id())).toList();
          if (!others.isEmpty()) {
            next.put(mac, others);
          }
        });
    if (request.restricts()) {
      for (ProvenSubject who : request.order().who()) {
        Span span =
            new Span(
                request.id(),
                Parties.micros(who.from()),
                Parties.micros(end(request, who)),
                request.order().accounts());
        who.subject()
            .identity()
            .ifPresent(
                identity -> {
                  List<Span> list = new ArrayList<>(next.getOrDefault(mac(identity), List.of()));
                  list.add(span);
                  next.put(mac(identity), List.copyOf(list));
                });
      }
    }
    spans = Map.copyOf(next);
  }

  /** Who had an identity up to the receipt still has it: what comes later is restricted too. */
  private static Instant end(Request request, ProvenSubject who) {
    return who.to().equals(request.order().receivedAt()) ? Parties.NEVER : who.to();
  }

  private String mac(CanonicalIdentity identity) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(identity.identityClass().id());
      mac.update(identity.bytes(), 0, identity.length());
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
