package vellum.bench.find;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Who is asked for in one store: numbers without a record, with one a month, and with a thousand.
 * Those of the last kind are others for each number of months, so that a thousand lie in all of
 * them together. Immutable but for the people.
 */
final class People {

  /** Records of a busy number. */
  static final int MANY = 1000;

  /** Numbers without a record, to each that is busy. */
  private static final int TO_A_BUSY_ONE = 20;

  private final List<Integer> marks;
  private final List<Person> nobody = new ArrayList<>();
  private final List<Person> monthly = new ArrayList<>();
  private final List<List<Person>> busy = new ArrayList<>();
  private int made;

  /**
   * @param questions numbers of the first kind; of the second twice as many
   * @param marks numbers of months, ascending, at which the store is asked
   */
  People(int questions, List<Integer> marks) {
    this.marks = List.copyOf(marks);
    make(nobody, questions);
    make(monthly, 2 * questions);
    for (int i = 0; i < marks.size(); i++) {
      List<Person> group = new ArrayList<>();
      make(group, Math.max(1, questions / TO_A_BUSY_ONE));
      busy.add(group);
    }
  }

  private void make(List<Person> into, int count) {
    for (int i = 0; i < count; i++) {
      into.add(new Person("+88351%08d".formatted(made++)));
    }
  }

  List<Person> nobody() {
    return nobody;
  }

  /** Half of those with a record a month: for whom the first record is asked. */
  List<Person> forFirst() {
    return monthly.subList(0, monthly.size() / 2);
  }

  /** The other half: for whom all records are asked. */
  List<Person> forAll() {
    return monthly.subList(monthly.size() / 2, monthly.size());
  }

  /** Those who have a thousand records in so many months. */
  List<Person> busy(int months) {
    return busy.get(marks.indexOf(months));
  }

  /** All that have records in so many months: whom a hold keeps. */
  List<Person> held(int months) {
    return Stream.concat(monthly.stream(), busy(months).stream()).toList();
  }

  /** Whose records are to be made in a month, each as often as it is there, in a random order. */
  List<Person> due(int month) {
    List<Person> due = new ArrayList<>(monthly);
    for (int mark = 0; mark < marks.size(); mark++) {
      int months = marks.get(mark);
      int each = month >= months ? 0 : MANY / months + (month < MANY % months ? 1 : 0);
      busy.get(mark).forEach(one -> due.addAll(Collections.nCopies(each, one)));
    }
    Collections.shuffle(due, new Random(month));
    return due;
  }
}
