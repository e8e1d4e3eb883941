package vellum.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static vellum.core.policy.PolicyTexts.one;
import static vellum.core.policy.PolicyTexts.text;
import static vellum.core.policy.PolicyTexts.withClasses;

import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import vellum.v1.Channel;
import vellum.v1.Direction;

/** What a policy file may say; every fault names line and field. */
final class PolicyFileTest {

  @Test
  void shouldReadEveryKeyOfAClass() {
    // when
    RetentionPolicy policy =
        RetentionPolicy.parse(
            text(
                one(
                    "italy-voice",
                    "zone: Europe/Rome",
                    "select:",
                    "  law_country: [IT, SM]",
                    "  account: [NO, '007']",
                    "  channel: VOICE",
                    "  direction: MO",
                    "effective_from: 2026-01-01",
                    "effective_until: 2027-01-01",
                    "identities: {keep: P6Y, anchor: communication}",
                    "traffic: 11 years",
                    "strip_profile: narrow",
                    "legal_basis: a law")));
    // then
    RetentionClass italy = policy.classes().get(1);
    assertThat(italy)
        .isEqualTo(
            new RetentionClass(
                "italy-voice",
                ZoneId.of("Europe/Rome"),
                new Selectors(
                    Set.of("IT", "SM"),
                    Set.of("NO", "007"),
                    Set.of(Channel.VOICE),
                    Set.of(Direction.MO)),
                LocalDate.of(2026, 1, 1),
                LocalDate.of(2027, 1, 1),
                new ClassTerms(
                    new KeepRule(Period.ofYears(6), Anchor.COMMUNICATION),
                    new KeepRule(Period.ofYears(11), Anchor.START_OF_NEXT_YEAR),
                    new KeepRule(Period.ofMonths(36), Anchor.EVENT),
                    "narrow",
                    false,
                    "test",
                    "a law")));
  }

  @Test
  void shouldGiveAClassThePeriodsOfTheDefaultClassWhereItNamesNone() {
    String yaml =
        text(one("croatia", "select: {law_country: HR}"))
            .replace("identities: 12 months", "identities: 5 months");

    RetentionPolicy policy = RetentionPolicy.parse(yaml);

    assertThat(policy.classes().get(1).terms().identities().text()).isEqualTo("5 months");
  }

  @ParameterizedTest
  @CsvSource({
    "12 months, 12 months",
    "1 month, 1 month",
    "P12M, 12 months",
    "P1Y, 1 year",
    "1 year, 1 year",
  })
  void shouldReadCalendarPeriods(String written, String read) {
    String yaml = text().replace("identities: 12 months", "identities: " + written);

    assertThat(RetentionPolicy.parse(yaml).defaultClass().terms().identities().text())
        .isEqualTo(read);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(10, "classes[1].zone", "must be a time zone", "zone: Mars/Base"),
        fault(10, "classes[1].colour", "unknown key", "colour: red"),
        fault(12, "classes[1].zone", "key is given twice", "zone: UTC", "x", "zone: UTC"),
        fault(11, "classes[1].select.country", "unknown key", "select:", "  country: HR"),
        fault(11, "classes[1].select.law_country", "ISO 3166", "select:", "  law_country: hr"),
        fault(10, "classes[1].select.channel[1]", "such as SMS", "select: {channel: [SMS, FAX]}"),
        fault(10, "classes[1].select.channel[1]", "stands twice", "select: {channel: [SMS, SMS]}"),
        fault(10, "classes[1].select.direction", "MT or MO", "select: {direction: UP}"),
        fault(
            10,
            "classes[1].select.direction",
            "must be one direction",
            "select: {direction: [MT, MO]}"),
        fault(10, "classes[1].select.account", "a list of at least one", "select: {account: []}"),
        fault(10, "classes[1].effective_from", "must be a date", "effective_from: 2026-02-30"),
        fault(
            11,
            "classes[1].effective_until",
            "must be after effective_from",
            "effective_from: 2026-02-01",
            "effective_until: 2026-02-01"),
        fault(10, "classes[1].identities", "no count of days", "identities: 365 days"),
        fault(10, "classes[1].identities", "no count of days", "identities: P365D"),
        fault(10, "classes[1].identities", "no count of days", "identities: P52W"),
        fault(10, "classes[1].identities", "1 to 1200", "identities: 0 months"),
        fault(10, "classes[1].identities", "at most 12 months, or legal_basis", "identities: P13M"),
        fault(10, "classes[1].traffic", "at most 10 years, or legal_basis", "traffic: 11 years"),
        fault(10, "classes[1].identities", "longer than traffic", "identities: 12 months", TRAFFIC),
        fault(10, "classes[1].usage", "must be that of the class default", "usage: 12 months"),
        fault(10, "classes[1].content", "must be instruction", "content: 90 days"),
        fault(10, "classes[1].identities.anchor", "must be communication", anchor("birth")),
        fault(10, "classes[1].strip_profile", "characters a-z", "strip_profile: A b"),
        fault(10, "classes[1].enabled", "must be true or false", "enabled: maybe"));
  }

  private static final String TRAFFIC = "traffic: 11 months";

  private static String anchor(String name) {
    return "identities: {keep: 12 months, anchor: " + name + "}";
  }

  /** The class begins at line 10; its first line given is 10 here, and 11 in the file. */
  private static Arguments fault(int line, String field, String says, String... lines) {
    String[] whole = lines.clone();
    for (int i = 0; i < whole.length; i++) {
      whole[i] = "    " + (whole[i].equals("x") ? "# a comment" : whole[i]);
    }
    return Arguments.of(line, field, says, String.join("\n", whole));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void shouldNameLineAndFieldOfAFault(int line, String field, String says, String lines) {
    // given
    String select = lines.contains("select:") ? "" : "\n    select: {law_country: HR}";
    String named = text() + "  - name: croatia\n" + lines + select + "\n";
    // when
    PolicyException.Invalid fault =
        catchThrowableOfType(
            PolicyException.Invalid.class,
            () -> RetentionPolicy.parse(named + "    verified: true\n    source: test\n"));
    // then
    assertThat(fault.field()).isEqualTo(field);
    assertThat(fault.line()).isEqualTo(line + 1);
    assertThat(fault)
        .hasMessageStartingWith("line " + (line + 1) + ": " + field + ": ")
        .hasMessageContaining(says);
  }

  @ParameterizedTest
  @CsvSource({
    "identities, conversation_start",
    "identities, invoice_sent",
    "identities, first_held",
    "identities, contract_end",
    "identities, start_of_next_year",
    "identities, event",
    "traffic, communication",
    "traffic, end_of_month",
    "traffic, invoice_sent",
  })
  void shouldRefuseAnAnchorThatTheRecordDoesNotTell(String field, String anchor) {
    String yaml =
        withClasses(
            "  - name: croatia",
            "    select: {law_country: HR}",
            "    " + field + ": {keep: 6 months, anchor: " + anchor + "}",
            "    verified: true",
            "    source: test");

    assertThatThrownBy(() -> RetentionPolicy.parse(yaml))
        .isInstanceOf(PolicyException.NotComputable.class)
        .hasMessageContaining("line 12: classes[1]." + field + ": anchor " + anchor)
        .hasMessageContaining("not computable from the record: not supported for " + field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "identities: 12 months | identities: 13 months | line 4: classes[0].identities: must be",
        "usage: 36 months | usage: 37 months | line 6: classes[0].usage: must be at most 36",
        "content: instruction | content: '' | line 7: classes[0].content: must be a single value",
        "source: notice | source: ' ' | line 9: classes[0].source: must be a text of 1 to 500",
        "verified: true | zone: UTC | line 3: classes[0].verified: is missing",
        "verified: true | verified: yes | line 8: classes[0].verified: must be true or false",
        "traffic: 10 years | zone: UTC | line 3: classes[0].traffic: is missing",
        "name: default | name: other | line 2: classes: class default is missing",
        "name: default | name: usage | line 3: classes[0].name: must be",
        "name: default | name: a-year | line 3: classes[0].name: must be",
        "format: 1 | format: one | line 1: format: must be a number",
        "format: 1 | version: 1 | line 1: version: unknown key",
        "source: notice | source: *a | line 9: classes[0].source: aliases and anchors",
        "usage: 36 months | usage: {keep: 3 years, anchor: first_held} | line 6: classes[0].usage",
        "classes: | 'classes: [' | not valid YAML",
      })
  void shouldNameLineAndFieldOfAFaultInTheDefaultClass(String from, String to, String says) {
    String yaml = text();
    assertThat(yaml).contains(from);

    assertThatThrownBy(() -> RetentionPolicy.parse(yaml.replace(from, to)))
        .isInstanceOf(PolicyException.Invalid.class)
        .hasMessageContaining(says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zone: Europe/Zagreb | classes[0].zone: must be UTC",
        "'select: {channel: SMS}' | classes[0].select: must be absent",
        "effective_from: 2026-01-01 | classes[0].effective_from: must be absent",
        "effective_until: 2026-01-01 | classes[0].effective_until: must be absent",
      })
  void shouldRefuseADefaultClassThatDoesNotAlwaysApply(String line, String says) {
    String yaml = text().replace("    verified: true", "    " + line + "\n    verified: true");

    assertThatThrownBy(() -> RetentionPolicy.parse(yaml))
        .isInstanceOf(PolicyException.Invalid.class)
        .hasMessageContaining("line 8: " + says);
  }

  @Test
  void shouldRefuseAClassThatChoosesNothingInParticular() {
    assertThatThrownBy(() -> RetentionPolicy.parse(text(one("other"))))
        .hasMessageContaining("line 10: classes[1].select: is missing");
  }

  @Test
  void shouldRefuseANameThatStandsTwiceEvenWhenOneIsOff() {
    String off = one("a", "enabled: false", "select: {channel: SMS}");

    assertThatThrownBy(() -> RetentionPolicy.parse(text(off, one("a", "select: {channel: MMS}"))))
        .hasMessageContaining("line 15: classes[2].name: a is a class already at line 10");
  }

  @Test
  void shouldCheckClassesThatAreOff() {
    String off = one("a", "enabled: false", "select: {channel: SMS}", "identities: 3 days");

    assertThatThrownBy(() -> RetentionPolicy.parse(text(off)))
        .hasMessageContaining("line 15: classes[1].identities: must be calendar months");
  }

  @Test
  void shouldRefuseAFileThatIsNewerOrTooLong() {
    assertThatThrownBy(() -> RetentionPolicy.parse(text().replace("format: 1", "format: 2")))
        .isInstanceOf(PolicyException.WrongFormat.class);
    String padding = "#".repeat(RetentionPolicy.MAX_BYTES);
    assertThatThrownBy(() -> RetentionPolicy.parse(text() + padding))
        .hasMessageContaining("at most 1048576 bytes");
    byte[] notUtf8 = {(byte) 0xC3, (byte) 0x28};
    assertThatThrownBy(() -> RetentionPolicy.text(new ByteArrayInputStream(notUtf8)))
        .hasMessageContaining("must be UTF-8");
    assertThatThrownBy(
            () -> RetentionPolicy.text(new ByteArrayInputStream(new byte[(1 << 20) + 1])))
        .hasMessageContaining("at most 1048576 bytes");
  }

  @Test
  void shouldTake64ClassesAndNotOneMore() {
    String[] classes = new String[64];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = one("c" + i, "select: {account: a" + i + "}");
    }
    String[] fits = Arrays.copyOf(classes, 63);

    assertThat(RetentionPolicy.parse(text(fits)).classes()).hasSize(64);
    assertThatThrownBy(() -> RetentionPolicy.parse(text(classes)))
        .hasMessageContaining("line 2: classes: must be at most 64 classes");
  }
}
