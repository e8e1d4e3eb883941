package vellum.core.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.MonthCipher;
import vellum.core.crypto.MonthKey;
import vellum.core.period.Place;
import vellum.core.period.UsageFinder;
import vellum.core.record.AccountId;
import vellum.core.record.BadRecord;
import vellum.core.record.MonthId;
import vellum.core.seal.Identities;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.UsageOpener;
import vellum.v1.UsageRecord;

/**
 * Finds a scope's events of the usage log: from the addresses that it names, of the people that it
 * names as users of the platform, or, when it names accounts only, all of theirs. Thread-safe.
 */
public final class UsageSearch {

  private static final int PAGE = 1_000;

  private final UsageFinder finder;
  private final KeyRing keys;

  public UsageSearch(UsageFinder finder, KeyRing keys) {
    this.finder = finder;
    this.keys = keys;
  }

  /**
   * The events of a scope, opened, each once.
   *
   * @param most events that are found; there may be more when there are as many
   */
  public List<UsageRecord> find(CaseScope scope, int most) {
    Map<String, UsageRecord> found = new LinkedHashMap<>();
    Map<MonthId, Optional<MonthCipher>> ciphers = new LinkedHashMap<>();
    UsageOpener opener = new UsageOpener();
    for (UsageFinder.Question question : questions(scope)) {
      @Nullable Place after = null;
      do {
        UsageFinder.Page page = page(question, after);
        for (SealedRecord event : page.events()) {
          ciphers
              .computeIfAbsent(event.month(), this::cipher)
              .flatMap(cipher -> open(opener, event, cipher))
              .ifPresent(one -> found.put(one.getAccount() + " " + one.getEventId(), one));
        }
        after = page.next();
      } while (after != null && found.size() < most);
    }
    return found.values().stream().limit(most).toList();
  }

  /** An actor may be spelled so that nobody can be meant. */
  private UsageFinder.Page page(UsageFinder.Question question, @Nullable Place after) {
    try {
      return finder.find(question, after, PAGE);
    } catch (BadRecord nobody) {
      return new UsageFinder.Page(List.of(), null);
    }
  }

  private static List<UsageFinder.Question> questions(CaseScope scope) {
    List<@Nullable AccountId> accounts = new ArrayList<>();
    scope.accounts().forEach(account -> accounts.add(AccountId.of(account)));
    if (accounts.isEmpty()) {
      accounts.add(null);
    }
    long from = ScopeMatch.micros(scope.from());
    long to = ScopeMatch.micros(scope.to());
    List<UsageFinder.Question> questions = new ArrayList<>();
    for (AccountId account : accounts) {
      if (scope.subjects().isEmpty()) {
        questions.add(new UsageFinder.Question(account, null, null, from, to));
      }
      for (CaseSubject subject : scope.subjects()) {
        switch (subject.kind()) {
          case PLATFORM_IP ->
              questions.add(new UsageFinder.Question(account, null, subject.value(), from, to));
          case NUMBER, ADDRESS, IMSI, OTHER ->
              questions.add(new UsageFinder.Question(account, subject.value(), null, from, to));
          case SENDER_ID, RECORD_ID -> {
            // Of records only.
          }
        }
      }
    }
    return questions;
  }

  private Optional<MonthCipher> cipher(MonthId month) {
    try {
      return keys.existing(month).map(MonthKey::newCipher);
    } catch (CryptoException.KeyDestroyed meanwhile) {
      return Optional.empty();
    }
  }

  private static Optional<UsageRecord> open(
      UsageOpener opener, SealedRecord event, MonthCipher cipher) {
    try {
      return Optional.of(opener.open(event, Identities.CLEAR, cipher));
    } catch (CryptoException.KeyDestroyed meanwhile) {
      return Optional.empty();
    }
  }
}
