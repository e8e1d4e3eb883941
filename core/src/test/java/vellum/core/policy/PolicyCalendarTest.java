package vellum.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.policy.PolicyTexts.one;
import static vellum.core.policy.PolicyTexts.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.record.AccountId;
import vellum.core.record.DefaultCalendar;
import vellum.core.record.MonthId;

/** When what begins, ends and goes, by class and zone. */
final class PolicyCalendarTest {

  private static final AccountId ACCOUNT = AccountId.of("acct-1");

  private static MonthId monthOf(PolicyCalendar calendar, String law, String at) {
    return calendar.monthOf(ACCOUNT, law, 1, 0, ClassCalendar.micros(Instant.parse(at)));
  }

  /** A class for Croatian records in a zone, and what else its lines say. */
  private static PolicyCalendar zoned(String zone, String... lines) {
    String[] all = new String[lines.length + 2];
    all[0] = "zone: " + zone;
    all[1] = "select: {law_country: HR}";
    System.arraycopy(lines, 0, all, 2, lines.length);
    return new PolicyCalendar(policy(one("z", all)));
  }

  @Test
  void shouldAnswerWithoutAFileAsTheSourcesRuleDoes() {
    // given
    DefaultCalendar rule = new DefaultCalendar();
    PolicyCalendar calendar = new PolicyCalendar(RetentionPolicy.builtIn());
    long seed = 20;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      // when
      long micros = random.nextLong(946_684_800_000_000L, 253_402_300_800_000_000L);
      MonthId month = rule.monthOf(ACCOUNT, "HR", 1, 0, micros);
      // then
      assertThat(calendar.monthOf(ACCOUNT, "HR", 1, 0, micros))
          .as("seed %d", seed)
          .isEqualTo(month);
      if (month.month().getYear() < 9980) {
        assertSame(calendar, rule, month);
        assertSame(calendar, rule, MonthId.usage(month.month()));
        assertSame(calendar, rule, MonthId.content(month.month().atDay(5)));
        assertSame(calendar, rule, month.year());
      }
    }
  }

  private static void assertSame(PolicyCalendar calendar, DefaultCalendar rule, MonthId month) {
    assertThat(calendar.identityDeadline(month)).isEqualTo(rule.identityDeadline(month));
    assertThat(calendar.removal(month)).isEqualTo(rule.removal(month));
    assertThat(calendar.start(month)).isEqualTo(rule.start(month));
    assertThat(calendar.end(month)).isEqualTo(rule.end(month));
  }

  @ParameterizedTest
  @CsvSource({
    "2025-03.default, 2026-04-01T00:00:00Z, 2036-01-01T00:00:00Z",
    "2027-02.default, 2028-02-29T00:00:00Z, 2038-01-01T00:00:00Z",
    "2028-02.default, 2029-03-01T00:00:00Z, 2039-01-01T00:00:00Z",
    "2025-12.default, 2027-01-01T00:00:00Z, 2036-01-01T00:00:00Z",
    "2025-01.default, 2026-02-01T00:00:00Z, 2036-01-01T00:00:00Z",
    "2025-03.usage, 2028-03-01T00:00:00Z, 2028-03-01T00:00:00Z",
    "2024-02.usage, 2027-02-01T00:00:00Z, 2027-02-01T00:00:00Z",
    "2026-12.content-05, 2026-12-05T00:00:00Z, 2026-12-05T00:00:00Z",
    "2025-01.default-year, 2036-01-01T00:00:00Z, 2036-01-01T00:00:00Z",
  })
  void shouldEraseIdentitiesTheDayAfterTwelveMonthsAndTheRestTenYearsFromTheNextYear(
      String month, String identities, String rest) {
    PolicyCalendar calendar = new PolicyCalendar(RetentionPolicy.builtIn());

    assertThat(calendar.identityDeadline(MonthId.parse(month))).isEqualTo(identities);
    assertThat(calendar.removal(MonthId.parse(month))).isEqualTo(rest);
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, 2026-11-30T23:59:59.999999Z, 2026-11",
    "UTC, 2026-12-01T00:00:00Z, 2026-12",
    "UTC, 2025-12-31T23:59:59.999999Z, 2025-12",
    "Europe/Zagreb, 2025-12-31T22:59:59.999999Z, 2025-12",
    "Europe/Zagreb, 2025-12-31T23:00:00Z, 2026-01",
    "Europe/Zagreb, 2026-03-31T21:59:59.999999Z, 2026-03",
    "Europe/Zagreb, 2026-03-31T22:00:00Z, 2026-04",
    "Asia/Kolkata, 2026-02-28T18:29:59.999999Z, 2026-02",
    "Asia/Kolkata, 2026-02-28T18:30:00Z, 2026-03",
    "America/New_York, 2024-03-01T04:59:59.999999Z, 2024-02",
    "America/New_York, 2024-03-01T05:00:00Z, 2024-03",
    "Pacific/Kiritimati, 2025-12-31T09:59:59.999999Z, 2025-12",
    "Pacific/Kiritimati, 2025-12-31T10:00:00Z, 2026-01",
  })
  void shouldPutARecordIntoTheMonthOfItsClassesZone(String zone, String at, String month) {
    assertThat(monthOf(zoned(zone), "HR", at)).isEqualTo(MonthId.parse(month + ".z"));
  }

  @ParameterizedTest
  @CsvSource({
    // 31 December in local time, but 1 January in UTC, and the other way round.
    "America/Sao_Paulo, 2026-01-01T01:00:00Z, 2025-12, 2036-01-01T03:00:00Z",
    "Asia/Kolkata, 2025-12-31T20:00:00Z, 2026-01, 2036-12-31T18:30:00Z",
    "UTC, 2025-12-31T23:59:59.999999Z, 2025-12, 2036-01-01T00:00:00Z",
  })
  void shouldRemoveARecordOfNewYearsEveWithTheYearOfItsZone(
      String zone, String at, String month, String removal) {
    PolicyCalendar calendar = zoned(zone);

    MonthId id = monthOf(calendar, "HR", at);

    assertThat(id.month()).isEqualTo(YearMonth.parse(month));
    assertThat(calendar.removal(id)).isEqualTo(removal);
    assertThat(calendar.removal(id.year())).isEqualTo(removal);
  }

  @ParameterizedTest
  @CsvSource({
    // Summer time there a year later or not: midnight in the zone, not a number of hours.
    "Europe/Zagreb, 2025-03, 2026-03-31T22:00:00Z",
    "Europe/Zagreb, 2025-10, 2026-10-31T23:00:00Z",
    "Europe/Zagreb, 2027-02, 2028-02-28T23:00:00Z",
    "America/New_York, 2027-02, 2028-02-29T05:00:00Z",
    // Midnight of 1 April 2005 did not exist in Jordan: clocks jumped to one o'clock.
    "Asia/Amman, 2004-03, 2005-03-31T22:00:00Z",
    // 1 November 2009 had two midnights in Newfoundland: the earlier one wins.
    "America/St_Johns, 2008-10, 2009-11-01T02:30:00Z",
  })
  void shouldEraseIdentitiesAtTheFirstInstantOfTheDayInTheZone(
      String zone, String month, String deadline) {
    MonthId id = new MonthId(YearMonth.parse(month), "z");

    assertThat(zoned(zone).identityDeadline(id)).isEqualTo(deadline);
  }

  @ParameterizedTest
  @CsvSource({
    // Newfoundland: at 00:01 on 1 November 2009 clocks went back to 23:01 on 31 October.
    "America/St_Johns, 2009-11-01T02:29:59.999999Z, 2009-10",
    "America/St_Johns, 2009-11-01T02:30:00Z, 2009-11",
    "America/St_Johns, 2009-11-01T02:31:30Z, 2009-11",
    "America/St_Johns, 2009-11-01T03:29:59Z, 2009-11",
    "America/St_Johns, 2009-11-01T03:31:00Z, 2009-11",
    "Asia/Amman, 2005-03-31T21:59:59.999999Z, 2005-03",
    "Asia/Amman, 2005-03-31T22:00:00Z, 2005-04",
  })
  void shouldBeginAMonthOnceWhereMidnightIsTwiceOrNever(String zone, String at, String month) {
    assertThat(monthOf(zoned(zone), "HR", at)).isEqualTo(MonthId.parse(month + ".z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "America/St_Johns", "Asia/Amman", "Pacific/Apia", "America/Sao_Paulo", "Africa/Cairo",
        "America/Havana", "Asia/Gaza", "Australia/Lord_Howe", "Europe/Dublin", "UTC"
      })
  void shouldPutEveryInstantIntoTheMonthWhoseBoundsHoldIt(String zone) {
    PolicyCalendar calendar = zoned(zone);
    Random random = new Random(5);
    for (int year = 2001; year < 2040; year++) {
      for (int month = 1; month <= 12; month++) {
        LocalDate first = LocalDate.of(year, month, 1);
        Instant edge = first.atStartOfDay(ZoneId.of(zone)).toInstant();
        for (int i = 0; i < 20; i++) {
          Instant at = edge.plusSeconds(random.nextInt(-7200, 7200));
          MonthId id = monthOf(calendar, "HR", at.toString());
          assertThat(calendar.start(id)).as("%s %s", at, id).isBeforeOrEqualTo(at);
          assertThat(calendar.end(id)).as("%s %s", at, id).isAfter(at);
          MonthId before = new MonthId(id.month().minusMonths(1), "z");
          assertThat(calendar.end(before)).isEqualTo(calendar.start(id));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2025-03, 2026-02-28T23:00:00Z",
    "2024-02, 2025-01-31T23:00:00Z",
    "2025-12, 2026-11-30T23:00:00Z",
  })
  void shouldCountFromTheEarliestCommunicationOfTheMonthAndNeverErasesLater(
      String month, String deadline) {
    PolicyCalendar calendar =
        zoned("Europe/Zagreb", "identities: {keep: 12 months, anchor: communication}");

    MonthId id = MonthId.parse(month + ".z");

    assertThat(calendar.identityDeadline(id)).isEqualTo(deadline);
  }

  @Test
  void shouldTakeTheMoreSpecificClass() {
    PolicyCalendar calendar =
        new PolicyCalendar(
            policy(
                one("sms", "select: {channel: SMS}"),
                one("hr", "select: {law_country: HR}"),
                one("hr-sms", "select: {law_country: HR, channel: [SMS, MMS]}"),
                one("acct", "select: {account: acct-1}"),
                one("acct-mo", "select: {account: acct-2, direction: MO}")));

    assertThat(classOf(calendar, "x", "", 3, 0)).isEqualTo("default");
    assertThat(classOf(calendar, "x", "DE", 1, 0)).isEqualTo("sms");
    assertThat(classOf(calendar, "x", "HR", 3, 0)).isEqualTo("hr");
    assertThat(classOf(calendar, "x", "HR", 2, 0)).isEqualTo("hr-sms");
    assertThat(classOf(calendar, "acct-1", "HR", 1, 2)).isEqualTo("acct");
    assertThat(classOf(calendar, "acct-2", "HR", 1, 1)).isEqualTo("hr-sms");
    assertThat(classOf(calendar, "acct-2", "HR", 1, 2)).isEqualTo("acct-mo");
    assertThat(classOf(calendar, "x", "", 11, 0)).isEqualTo("default");
  }

  private static String classOf(
      PolicyCalendar calendar, String account, String law, int channel, int direction) {
    return calendar
        .monthOf(AccountId.of(account), law, channel, direction, 1_760_000_000_000_000L)
        .retentionClass();
  }

  @Test
  void shouldNeedTheDirectionOnlyWhereItDecides() {
    PolicyCalendar calendar =
        new PolicyCalendar(
            policy(
                one("mo", "select: {channel: SMS, direction: MO}"),
                one("hr", "select: {law_country: HR}"),
                one("later", "effective_from: 2030-01-01", "select: {direction: MT}")));
    long at = 1_760_000_000_000_000L;

    assertThat(calendar.needsDirection(ACCOUNT, "DE", 1, at)).isTrue();
    assertThat(calendar.needsDirection(ACCOUNT, "DE", 3, at)).isFalse();
    assertThat(calendar.needsDirection(ACCOUNT, "HR", 1, at)).isFalse();
    assertThat(calendar.needsDirection(ACCOUNT, "DE", 3, 2_000_000_000_000_000L)).isTrue();
    PolicyCalendar builtIn = new PolicyCalendar(RetentionPolicy.builtIn());
    assertThat(builtIn.needsDirection(ACCOUNT, "DE", 1, at)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-31T22:59:59.999999Z, 2025-12.default",
    "2025-12-31T23:00:00Z, 2026-01.z",
    "2026-06-30T21:59:59.999999Z, 2026-06.z",
    "2026-06-30T22:00:00Z, 2026-06.default",
  })
  void shouldChooseAClassWithinItsEffectiveDatesInItsZone(String at, String month) {
    PolicyCalendar calendar =
        zoned("Europe/Zagreb", "effective_from: 2026-01-01", "effective_until: 2026-07-01");

    assertThat(monthOf(calendar, "HR", at)).isEqualTo(MonthId.parse(month));
  }

  @Test
  void shouldGuessNothingAboutAClassItDoesNotKnow() {
    PolicyCalendar calendar = new PolicyCalendar(RetentionPolicy.builtIn());
    MonthId month = MonthId.parse("2026-03.gone");

    assertThat(calendar.identityDeadline(month)).isEqualTo(PolicyCalendar.NEVER);
    assertThat(calendar.removal(month)).isEqualTo(PolicyCalendar.NEVER);
    assertThat(calendar.identityDeadline(month.year())).isEqualTo(PolicyCalendar.NEVER);
    assertThat(calendar.start(month)).isEqualTo("2026-02-28T06:00:00Z");
    assertThat(calendar.end(month)).isEqualTo("2026-04-01T18:00:00Z");
  }

  @Test
  void shouldFollowTheNewPolicy() {
    PolicyCalendar calendar = new PolicyCalendar(RetentionPolicy.builtIn());
    MonthId month = MonthId.parse("2026-03.default");

    calendar.use(
        RetentionPolicy.parse(
            RetentionPolicy.BUILT_IN_YAML.replace("identities: 12", "identities: 6")));

    assertThat(calendar.identityDeadline(month)).isEqualTo("2026-10-01T00:00:00Z");
  }
}
