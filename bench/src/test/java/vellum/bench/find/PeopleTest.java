package vellum.bench.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PeopleTest {

  @Test
  void shouldGiveBusyNumbersAThousandRecordsInTheMonthsThatTheyAreAskedIn() {
    // given
    People people = new People(40, List.of(1, 4, 13));

    // when
    List<Person> due = new ArrayList<>();
    for (int month = 0; month < 13; month++) {
      due.addAll(people.due(month));
    }

    // then
    for (int months : List.of(1, 4, 13)) {
      assertThat(people.busy(months))
          .hasSize(2)
          .allSatisfy(one -> assertThat(Collections.frequency(due, one)).isEqualTo(1000));
    }
    assertThat(people.due(4)).doesNotContainAnyElementsOf(people.busy(4));
    assertThat(people.due(12)).containsAll(people.busy(13));
  }

  @Test
  void shouldGiveOthersARecordAMonthOrNone() {
    // given
    People people = new People(40, List.of(13));

    // when
    List<Person> due = people.due(12);

    // then
    assertThat(people.forFirst()).hasSize(40).doesNotContainAnyElementsOf(people.forAll());
    assertThat(people.forAll()).hasSize(40);
    assertThat(people.held(13)).containsAll(people.forFirst()).containsAll(people.forAll());
    assertThat(due.stream().filter(people.forAll()::contains)).hasSize(40);
    assertThat(due).doesNotContainAnyElementsOf(people.nobody());
    assertThat(people.nobody().stream().map(Person::number))
        .doesNotContainAnyElementsOf(people.held(13).stream().map(Person::number).toList());
  }
}
