package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.retention.HeldRig.OTHER;
import static vellum.core.retention.HeldRig.VAULT;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.hold.VaultScope;
import vellum.core.record.MonthId;
import vellum.core.search.SearchException;
import vellum.core.search.VaultPage;
import vellum.core.search.VaultSearch;

/** What one hold keeps, found in its vault and nowhere else. */
final class VaultSearchTest {

  private static final CaseScope HELD =
      HeldRig.numbers(Traffic.number(3), Traffic.number(5), Traffic.number(7), Traffic.number(11));

  @TempDir Path directory;

  private final Traffic traffic = new Traffic(1, 120);

  private StripRig applied() {
    StripRig rig = new StripRig(directory);
    rig.send(traffic.records);
    rig.pump();
    hold(rig, VAULT, HELD);
    hold(rig, OTHER, HeldRig.numbers(Traffic.number(20)));
    return rig;
  }

  private static void hold(StripRig rig, MonthId vault, CaseScope scope) {
    HeldRig.copy(rig, new VaultScope(vault, scope));
  }

  private static VaultSearch search(StripRig rig) {
    return new VaultSearch(rig.vaults, rig.keys, rig.calendar);
  }

  private static List<String> ids(
      StripRig rig, MonthId vault, CaseScope held, List<CaseSubject> subjects, int limit) {
    List<String> ids = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      VaultPage page = search(rig).next(vault, held, subjects, cursor, limit);
      assertThat(page.records()).hasSizeLessThanOrEqualTo(limit);
      page.records().forEach(one -> ids.add(one.id().toString()));
      cursor = page.next();
    } while (cursor != null);
    return ids;
  }

  private List<String> sent(int... numbers) {
    List<String> ids = new ArrayList<>();
    for (int number : numbers) {
      ids.add(traffic.records.get(number).getRecordId());
    }
    return ids;
  }

  private static CaseSubject number(int number) {
    return CaseSubject.of(CaseSubject.Kind.NUMBER, Traffic.number(number));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void shouldGiveAllOfAVaultOnceBeforeAndAfterTheMonthIsStripped(int limit) {
    try (StripRig rig = applied()) {
      assertThat(ids(rig, VAULT, HELD, List.of(), limit))
          .containsExactlyInAnyOrderElementsOf(sent(3, 5, 7, 11));

      // when
      HeldRig.strip(rig);

      // then: of this vault, and not of the other
      assertThat(ids(rig, VAULT, HELD, List.of(), limit))
          .containsExactlyInAnyOrderElementsOf(sent(3, 5, 7, 11));
      assertThat(ids(rig, VAULT, HELD, List.of(number(5), number(11)), limit))
          .containsExactlyInAnyOrderElementsOf(sent(5, 11));
    }
  }

  @Test
  void shouldGiveNothingBeyondTheHoldsScopeThoughMonthsOrTheVaultHaveIt() {
    try (StripRig rig = applied()) {
      CaseScope narrow =
          new CaseScope(
              HELD.subjects(),
              HELD.accounts(),
              HELD.from(),
              Instant.parse("2020-01-02T00:00:00Z"), // Before all of them.
              HELD.channels());

      assertThat(ids(rig, VAULT, HeldRig.numbers(Traffic.number(7)), List.of(), 10))
          .isEqualTo(sent(7));
      assertThat(ids(rig, VAULT, narrow, List.of(), 10)).isEmpty();
      assertThat(ids(rig, VAULT, narrow, List.of(number(7)), 10)).isEmpty();
      assertThat(ids(rig, VAULT, HELD, List.of(number(8)), 10)).as("live, not held").isEmpty();
      assertThat(ids(rig, VAULT, HELD, List.of(number(20)), 10)).as("of the other").isEmpty();
    }
  }

  @Test
  void shouldFindNothingAfterTheRelease() {
    try (StripRig rig = applied()) {
      HeldRig.release(rig, VAULT);

      assertThat(ids(rig, VAULT, HELD, List.of(), 10)).isEmpty();
      assertThat(ids(rig, VAULT, HELD, List.of(number(5)), 10)).isEmpty();
      assertThat(ids(rig, OTHER, HeldRig.numbers(Traffic.number(20)), List.of(), 10))
          .isEqualTo(sent(20));
    }
  }

  @Test
  void shouldRefuseACursorOfAnotherVaultOrQuestion() {
    try (StripRig rig = applied()) {
      VaultSearch search = search(rig);
      String all = search.next(VAULT, HELD, List.of(), null, 1).next();
      String some = search.next(VAULT, HELD, List.of(number(5), number(7)), null, 1).next();
      assertThat(all).isNotNull();
      assertThat(some).isNotNull();

      refused(() -> search.next(OTHER, HELD, List.of(), all, 1));
      refused(() -> search.next(VAULT, HELD, List.of(), some, 1));
      refused(() -> search.next(VAULT, HELD, List.of(number(5)), all, 1));
      refused(() -> search.next(VAULT, HELD, List.of(), "x", 1));
    }
  }

  private static void refused(ThrowingCallable page) {
    assertThatThrownBy(page).isInstanceOf(SearchException.BadCursor.class);
  }
}
