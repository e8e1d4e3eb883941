package vellum.core.subject;

import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;

/**
 * A request as it comes in. Immutable.
 *
 * @param who identities of the person; empty when it is about accounts as a whole: their own
 *     request, or the end of their contract
 * @param accounts only their records; empty: of all accounts
 * @param identityCheck how it was checked who asks
 * @param receivedAt when it came
 * @param correction there for a rectification
 */
public record RequestOrder(
    RequestKind kind,
    List<ProvenSubject> who,
    SortedSet<String> accounts,
    String identityCheck,
    Instant receivedAt,
    Optional<Correction> correction) {

  /** Identities of a person, at most. */
  public static final int MOST_SUBJECTS = 50;

  public RequestOrder {
    who = List.copyOf(who);
    accounts = Collections.unmodifiableSortedSet(new TreeSet<>(accounts));
    if (identityCheck.isBlank()) {
      throw new RequestException.NoIdentityCheck();
    }
    Texts.plain("identity_check", identityCheck, 1, Texts.MOST_NOTE);
    requirePeople(kind, who, accounts);
    if (!receivedAt.isAfter(Instant.EPOCH)) {
      throw new RequestException.BadInterval("a request was received after 1970");
    }
    if (correction.isPresent() != (kind == RequestKind.RECTIFICATION)) {
      throw new RequestException.BadCorrection(
          correction.isPresent()
              ? "only a rectification has a correction"
              : "a rectification says what is right");
    }
    Set<CaseSubject> named = new HashSet<>();
    who.forEach(each -> named.add(each.subject()));
    if (correction.isPresent() && (who.size() != 1 || !named.contains(correction.get().wrong()))) {
      throw new RequestException.BadCorrection("a rectification is of one identity, the wrong one");
    }
  }

  private static void requirePeople(
      RequestKind kind, List<ProvenSubject> who, SortedSet<String> accounts) {
    if (who.isEmpty() && accounts.isEmpty()) {
      throw new RequestException.BadSubjects("a request names the person, or accounts");
    }
    if (who.isEmpty()
        && kind != RequestKind.ACCESS
        && kind != RequestKind.PORTABILITY
        && kind != RequestKind.ERASURE) {
      throw new RequestException.BadSubjects("a " + kind.text() + " names the person");
    }
    if (who.size() > MOST_SUBJECTS || accounts.size() > CaseScope.MOST) {
      throw new RequestException.BadSubjects(
          "a request names at most "
              + MOST_SUBJECTS
              + " identities of a person and "
              + CaseScope.MOST
              + " accounts");
    }
  }

  /** What is looked for: an interval of its own for each identity. */
  List<CaseScope> scopes() {
    return who.isEmpty()
        ? List.of(new CaseScope(List.of(), accounts, Instant.EPOCH, receivedAt, Set.of()))
        : who.stream().map(one -> one.scope(accounts)).toList();
  }

  /** Says what kind it is, and never who. */
  @Override
  public String toString() {
    return kind.text() + " of " + who.size() + " identities, " + accounts.size() + " accounts";
  }
}
