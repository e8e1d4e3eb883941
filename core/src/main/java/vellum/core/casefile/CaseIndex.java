package vellum.core.casefile;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseRows.Head;
import vellum.core.record.MonthId;

/** All cases by their codes, in memory. Thread-safe. */
final class CaseIndex {

  private static final Comparator<Head> BY_CREATION =
      Comparator.comparing(Head::createdAt).thenComparing(Head::id);

  private final Map<String, Head> heads = new ConcurrentSkipListMap<>();

  void put(Head head) {
    heads.put(head.id().code(), head);
  }

  void remove(CaseId id) {
    heads.remove(id.code());
  }

  boolean has(String code) {
    return heads.containsKey(code);
  }

  /** Keys of all cases. */
  Set<MonthId> keys() {
    return heads.values().stream().map(Head::key).collect(Collectors.toSet());
  }

  /** A case, if there is one of that code and kind. */
  Optional<Head> find(CaseId id) {
    return Optional.ofNullable(heads.get(id.code())).filter(head -> head.id().equals(id));
  }

  /** Cases of a kind by when they were created, behind one or from the first on. */
  Stream<Head> of(CaseKind kind, @Nullable Head last) {
    return heads.values().stream()
        .filter(head -> head.id().kind() == kind)
        .filter(head -> last == null || BY_CREATION.compare(head, last) > 0)
        .sorted(BY_CREATION);
  }

  /** Closed cases whose time is over, likewise. */
  List<Head> due(Instant now) {
    return heads.values().stream()
        .filter(head -> head.keepUntil().filter(until -> !now.isBefore(until)).isPresent())
        .sorted(BY_CREATION)
        .toList();
  }
}
