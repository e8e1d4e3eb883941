package vellum.bench.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vellum.core.record.MonthId;

final class PersonTest {

  private static final UUID ONE = new UUID(1, 1);
  private static final UUID OTHER = new UUID(2, 2);

  @Test
  void shouldTellAnAnswerThatLacksDoublesOrAdds() {
    // given
    Person person = new Person("+8835100000001");
    person.add(new Person.Kept(MonthId.parse("2026-11.default"), "acct-1", ONE));
    person.add(new Person.Kept(MonthId.parse("2026-10.default"), "acct-1", OTHER));
    String one = ONE.toString();
    String other = OTHER.toString();

    // then
    assertThat(person.isAll(List.of(other, one))).isTrue();
    assertThat(person.isAll(List.of(one))).isFalse();
    assertThat(person.isAll(List.of(one, one))).isFalse();
    assertThat(person.isAll(List.of(one, other, one))).isFalse();
    assertThat(person.isAll(List.of(one, new UUID(3, 3).toString()))).isFalse();
    assertThat(person.has(one)).isTrue();
    assertThat(person.has(new UUID(3, 3).toString())).isFalse();
  }
}
