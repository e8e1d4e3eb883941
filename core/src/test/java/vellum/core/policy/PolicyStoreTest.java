package vellum.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.policy.PolicyTexts.one;
import static vellum.core.policy.PolicyTexts.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vellum.core.disk.RealDisk;
import vellum.core.policy.PolicyStore.Acceptance;
import vellum.core.record.MonthId;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

/** Versions of the policy, and what is refused because a record's class never changes. */
final class PolicyStoreTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final String HR = "select: {law_country: HR}";

  @TempDir private Path directory;
  private Stores stores;
  private Store control;

  @BeforeEach
  void open() {
    stores = new Stores(new RealDisk(), 8 << 20, 1);
    control = openControl();
  }

  private Store openControl() {
    return stores.openSynced(
        directory.resolve("control"), List.of(PolicyStore.TABLE), StoreOptions.control());
  }

  @AfterEach
  void close() {
    control.close();
    stores.close();
  }

  private PolicyStore store(String yaml) {
    return PolicyStore.open(control, yaml, InstantSource.fixed(NOW));
  }

  private static List<LivePeriod> data(String... months) {
    return List.of(months).stream()
        .map(month -> new LivePeriod(MonthId.parse(month), "LIVE", false, 10, 1000))
        .toList();
  }

  private static Acceptance next(String yaml) {
    return new Acceptance(yaml, 1, "privacy officer", "case 7");
  }

  @Test
  void shouldBeginWithTheBuiltInPolicyWhenThereIsNoFile() {
    PolicyStore store = store(null);

    assertThat(store.current().version()).isEqualTo(1);
    assertThat(store.current().acceptedAt()).isEqualTo(NOW);
    assertThat(store.current().policy()).isEqualTo(RetentionPolicy.builtIn());
    assertThat(store.calendar().policy()).isEqualTo(RetentionPolicy.builtIn());
  }

  @Test
  void shouldBeginWithTheFileAndTakeNoOtherByItself() {
    // given
    store(text(one("hr", HR)));
    // when
    PolicyStore again = store(text());
    // then
    assertThat(again.versions()).hasSize(1);
    assertThat(again.calendar().policy().named("hr")).isPresent();
    assertThat(again.isCurrent(text())).isFalse();
    assertThat(again.isCurrent(text(one("hr", HR)))).isTrue();
  }

  @Test
  void shouldKeepEveryVersion() {
    // given
    PolicyStore store = store(null);
    String yaml = text().replace("identities: 12", "identities: 6");
    // when
    PolicyVersion second = store.accept(next(yaml), data("2026-11.default"));
    control.close();
    control = openControl();
    // then
    PolicyStore again = store(null);
    assertThat(again.versions()).isEqualTo(store.versions());
    assertThat(again.current()).isEqualTo(second);
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.by()).isEqualTo("privacy officer");
    assertThat(second.reason()).isEqualTo("case 7");
    assertThat(second.sha256()).hasSize(64);
    assertThat(again.version(1).orElseThrow().policy()).isEqualTo(RetentionPolicy.builtIn());
    assertThat(again.version(3)).isEmpty();
  }

  @Test
  void shouldReplanDeadlinesOfWhatIsThere() {
    PolicyStore store = store(null);
    PolicyCalendar calendar = store.calendar();
    MonthId month = MonthId.parse("2026-10.default");
    assertThat(calendar.identityDeadline(month)).isEqualTo("2027-11-01T00:00:00Z");

    store.accept(next(text().replace("identities: 12", "identities: 3")), data("2026-10.default"));

    assertThat(calendar.identityDeadline(month)).isEqualTo("2027-02-01T00:00:00Z");
  }

  @Test
  void shouldRefuseAPolicyMadeForAnEarlierVersion() {
    PolicyStore store = store(null);
    store.accept(next(text()), data());

    assertThatThrownBy(() -> store.accept(next(text(one("hr", HR))), data()))
        .isInstanceOf(PolicyException.Outdated.class)
        .hasMessageContaining("version 2 is in force")
        .hasMessageContaining("compare again");
    assertThat(store.versions()).hasSize(2);
  }

  @Test
  void shouldChangeNothingWhenTheNewPolicyIsNotValid() {
    PolicyStore store = store(null);

    assertThatThrownBy(() -> store.accept(next("format: 1\nclasses: []\n"), data()))
        .isInstanceOf(PolicyException.Invalid.class);
    Acceptance nameless = new Acceptance(text(), 1, " ", "case 7");
    assertThatThrownBy(() -> store.accept(nameless, data()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("by must be");

    assertThat(store.versions()).hasSize(1);
    assertThat(store(null).versions()).hasSize(1);
  }

  @Test
  void shouldNoticeAVersionThatIsNotWhatWasAccepted() {
    // given
    store(null);
    byte[] key = PolicyRows.key(1);
    String row = new String(control.get(PolicyStore.TABLE, key), StandardCharsets.UTF_8);
    StoreBatch batch = control.batch();
    batch.put(
        PolicyStore.TABLE,
        key,
        row.replace("12 months", "13 months").getBytes(StandardCharsets.UTF_8));
    control.write(batch);
    // when, then
    assertThatThrownBy(() -> store(null))
        .isInstanceOf(PolicyException.Corrupt.class)
        .hasMessageContaining("version 1 of the policy is not what was accepted");
  }

  @Test
  void shouldNoticeThatAVersionIsMissingOrNewer() {
    store(null).accept(next(text()), data());
    StoreBatch batch = control.batch();
    batch.delete(PolicyStore.TABLE, PolicyRows.key(1));
    control.write(batch);
    assertThatThrownBy(() -> store(null)).isInstanceOf(PolicyException.Corrupt.class);

    batch.clear();
    batch.put(
        PolicyStore.TABLE, PolicyRows.key(1), "{\"format\":2}".getBytes(StandardCharsets.UTF_8));
    control.write(batch);
    assertThatThrownBy(() -> store(null)).isInstanceOf(PolicyException.WrongFormat.class);
  }

  @Test
  void shouldRefuseAnotherZoneForAClassThatHasData() {
    PolicyStore store = store(text(one("hr", HR, "zone: Europe/Zagreb")));
    String other = text(one("hr", HR, "zone: Europe/London"));

    assertThatThrownBy(() -> store.accept(next(other), data("2026-11.hr")))
        .isInstanceOf(PolicyException.ZoneChanged.class)
        .hasMessageContaining("class hr has data")
        .hasMessageContaining("from Europe/Zagreb to Europe/London");
    assertThatThrownBy(() -> store.accept(next(other), data("2020-01.hr-year")))
        .isInstanceOf(PolicyException.ZoneChanged.class);
    assertThat(store.accept(next(other), data("2026-11.usage")).version()).isEqualTo(2);
  }

  @Test
  void shouldRefuseToDropAClassThatHasData() {
    PolicyStore store = store(text(one("hr", HR)));
    String off = text(one("hr", HR, "enabled: false"));

    assertThatThrownBy(() -> store.accept(next(text()), data("2026-10.hr", "2026-11.hr")))
        .isInstanceOf(PolicyException.ClassInUse.class)
        .hasMessageContaining("class hr has data in 2 periods")
        .hasMessageContaining("effective_until: 2026-11-22");
    assertThatThrownBy(() -> store.accept(next(off), data("2025-01.hr-year")))
        .isInstanceOf(PolicyException.ClassInUse.class);
    assertThat(store.accept(next(text()), data("2026-11.default")).version()).isEqualTo(2);
  }

  /** Now is 20 November, noon; records may start up to 21 November, noon. */
  @ParameterizedTest
  @CsvSource({
    "effective_from: 2026-11-22, true",
    "effective_from: 2026-11-21, false",
    "effective_from: 2026-11-01, false",
    "'', false",
    "effective_until: 2026-11-01, true",
    "effective_until: 2026-11-02, false",
  })
  void shouldLetANewClassChooseOnlyRecordsThatCannotBeThereYet(String dates, boolean accepted) {
    PolicyStore store = store(null);
    String yaml = text(one("hr", HR, dates));
    List<LivePeriod> data = data("2026-11.default");

    if (accepted) {
      assertThat(store.accept(next(yaml), data).version()).isEqualTo(2);
    } else {
      assertThatThrownBy(() -> store.accept(next(yaml), data))
          .isInstanceOf(PolicyException.SelectionChanged.class)
          .hasMessageContaining("class hr would choose records that may be there already")
          .hasMessageContaining("2026-11-22 or later");
      assertThat(store.versions()).hasSize(1);
    }
  }

  @Test
  void shouldLetANewClassChooseAnythingWhileThereIsNoData() {
    assertThat(store(null).accept(next(text(one("hr", HR))), data("2026-11.usage")).version())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "effective_until: 2026-11-22, true",
    "effective_until: 2026-11-21, false",
    "effective_from: 2026-11-01, true",
    "effective_from: 2026-11-02, false",
  })
  void shouldEndAClassOnlyForRecordsThatCannotBeThereYet(String dates, boolean accepted) {
    PolicyStore store = store(text(one("hr", HR)));
    String yaml = text(one("hr", HR, dates));
    List<LivePeriod> data = data("2026-11.hr");

    if (accepted) {
      assertThat(store.accept(next(yaml), data).version()).isEqualTo(2);
    } else {
      assertThatThrownBy(() -> store.accept(next(yaml), data))
          .isInstanceOf(PolicyException.SelectionChanged.class)
          .hasMessageContaining("class hr would no longer choose");
    }
  }

  @Test
  void shouldRefuseOtherSelectorsForAClassThatHasData() {
    PolicyStore store = store(text(one("hr", HR)));
    String wider = text(one("hr", "select: {law_country: [HR, SI]}"));

    assertThatThrownBy(() -> store.accept(next(wider), data("2026-11.hr")))
        .isInstanceOf(PolicyException.SelectionChanged.class);
    assertThatThrownBy(() -> store.accept(next(wider), data("2026-11.default")))
        .isInstanceOf(PolicyException.SelectionChanged.class);
    assertThat(store.accept(next(wider), data()).version()).isEqualTo(2);
  }

  @Test
  void shouldLetAClassOfAnotherNameFollow() {
    PolicyStore store = store(text(one("hr", HR)));
    String yaml =
        text(
            one("hr", HR, "effective_until: 2027-01-01"),
            one("hr-2027", HR, "zone: Europe/Zagreb", "effective_from: 2027-01-02"));

    assertThat(store.accept(next(yaml), data("2026-11.hr", "2026-11.default")).version())
        .isEqualTo(2);
  }
}
