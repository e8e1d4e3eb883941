package vellum.core.subject;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Accounts whose records were found, the first ones by name. Not thread-safe. */
final class FoundAccounts {

  /** Counted up to this. */
  private static final int MOST = 100_000;

  private final Set<String> all = new HashSet<>();

  void add(String account) {
    if (all.size() < MOST) {
      all.add(account);
    }
  }

  /** Those that are named. */
  List<String> named() {
    return new ArrayList<>(new TreeSet<>(all)).stream().limit(AnswerNote.MOST_ACCOUNTS).toList();
  }

  int count() {
    return all.size();
  }
}
