package vellum.bench.find;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import vellum.core.record.MonthId;

/**
 * A made-up number that no other traffic has, and the records that were made with it. Not
 * thread-safe.
 */
final class Person {

  private final String number;
  private final List<Kept> kept = new ArrayList<>();

  /** Where a record lies. */
  record Kept(MonthId month, String account, UUID id) {}

  /**
   * @param number E.164, of a code that the generator does not use
   */
  Person(String number) {
    this.number = number;
  }

  String number() {
    return number;
  }

  /** Says that a record was made with the number. */
  void add(Kept record) {
    kept.add(record);
  }

  List<Kept> kept() {
    return kept;
  }

  /** Whether ids are those of all records, each once. */
  boolean isAll(List<String> ids) {
    Set<String> wanted = new HashSet<>();
    kept.forEach(one -> wanted.add(one.id().toString()));
    return ids.size() == wanted.size() && wanted.equals(new HashSet<>(ids));
  }

  /** Whether an id is of one of the records. */
  boolean has(String id) {
    return kept.stream().anyMatch(one -> one.id().toString().equals(id));
  }
}
