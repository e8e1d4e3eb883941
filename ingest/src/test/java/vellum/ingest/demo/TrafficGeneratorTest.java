package vellum.ingest.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;

final class TrafficGeneratorTest {

  private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2026-11-11T00:00:00Z");

  @Test
  void shouldMakeTheSameBytesOfTheSameOptions() {
    // given
    GeneratorOptions options = GeneratorOptions.of(7, 5_000, FROM, UNTIL);
    // when, then
    assertThat(hash(options)).isEqualTo(hash(options));
    assertThat(hash(options)).isNotEqualTo(hash(GeneratorOptions.of(8, 5_000, FROM, UNTIL)));
    assertThat(hash(options)).isNotEqualTo(hash(options.withAccounts(400)));
  }

  @Test
  void shouldMeanTheSameTrafficByASeedForEver() {
    assertThat(hash(GeneratorOptions.of(7, 100, FROM, UNTIL))).isEqualTo(GOLDEN);
  }

  @Test
  void shouldKeepEveryRuleOfTheSchema() {
    // given
    TrafficGenerator generator = new TrafficGenerator(GeneratorOptions.of(1, 5_000, FROM, UNTIL));
    // when, then
    while (generator.next()) {
      assertThat(SchemaRules.broken(generator.record()))
          .as(RecordJson.line(generator.record()))
          .isEmpty();
    }
  }

  @Test
  void shouldDrawValidMobileNumbersOfTheRecipientsCountry() throws NumberParseException {
    // given
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    TrafficGenerator generator =
        new TrafficGenerator(GeneratorOptions.of(2, 3_500, FROM, UNTIL).withShares(0, 0, 0));
    Set<String> countries = new HashSet<>();
    int checked = 0;
    // when
    while (generator.next()) {
      var submission = generator.record().getSubmission();
      for (Identifier identifier : submission.getRecipient().getIdentifiersList()) {
        if (identifier.getKind() == IdentifierKind.E164
            && !submission.getCountryOfRecipient().isEmpty()) {
          var number = numbers.parse(identifier.getValue(), null);
          // then
          assertThat(numbers.isValidNumber(number)).isTrue();
          assertThat(numbers.getNumberType(number))
              .isIn(
                  PhoneNumberUtil.PhoneNumberType.MOBILE,
                  PhoneNumberUtil.PhoneNumberType.FIXED_LINE_OR_MOBILE);
          assertThat(numbers.getRegionCodeForNumber(number))
              .isEqualTo(submission.getCountryOfRecipient());
          countries.add(submission.getCountryOfRecipient());
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(2_000);
    assertThat(countries).hasSizeGreaterThan(30);
  }

  @Test
  void shouldCountWhatItMakes() {
    // given
    GeneratorOptions options =
        GeneratorOptions.of(3, 40_000, FROM, UNTIL)
            .withSubscribers(50_000)
            .withShares(0.1, 0.05, 0.4);
    TrafficGenerator generator = new TrafficGenerator(options);
    Set<String> ids = new HashSet<>();
    Map<DetailRecord, Integer> messages = new HashMap<>();
    // when
    while (generator.next()) {
      ids.add(generator.record().getRecordId());
      messages.merge(generator.record(), 1, Integer::sum);
    }
    // then
    long distinct = messages.size();
    assertThat(generator.distinctRecords()).isEqualTo(40_000).isEqualTo(ids.size());
    assertThat(generator.messages())
        .isEqualTo(messages.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(distinct + generator.duplicates())
        .isEqualTo(40_000 + generator.laterAspects() + generator.duplicates());
    assertThat((double) generator.duplicates() / distinct).isCloseTo(0.1, within(0.01));
    assertThat(generator.laterAspects() / 40_000.0).isCloseTo(0.4 * 2.03, within(0.03));
    assertThat(generator.distinctSubjects()).isEqualTo(subjects(messages.keySet()));
  }

  private static int subjects(Set<DetailRecord> messages) {
    Set<String> subjects = new HashSet<>();
    for (DetailRecord record : messages) {
      if (record.hasSubmission()) {
        var submission = record.getSubmission();
        var user =
            submission.getCountryOfRecipient().isEmpty()
                ? submission.getSender()
                : submission.getRecipient();
        subjects.add(user.getIdentifiers(0).getValue());
      }
    }
    return subjects.size();
  }

  @Test
  void shouldKeepToTheMix() {
    // given
    TrafficGenerator generator =
        new TrafficGenerator(GeneratorOptions.of(4, 60_000, FROM, UNTIL).withShares(0, 0.05, 0));
    Map<Channel, Integer> channels = new HashMap<>();
    Map<String, Integer> accounts = new HashMap<>();
    int[] hours = new int[24];
    int late = 0;
    int failover = 0;
    long last = Long.MIN_VALUE;
    // when
    while (generator.next()) {
      DetailRecord record = generator.record();
      channels.merge(record.getChannel(), 1, Integer::sum);
      accounts.merge(record.getAccount(), 1, Integer::sum);
      failover += record.getLegsCount() - 1;
      long micros =
          record.getStartedAt().getSeconds() * 1_000_000 + record.getStartedAt().getNanos() / 1000;
      if (micros < last) {
        late++;
      } else {
        last = micros;
        hours[DayCurve.utcHour(micros)]++;
        assertThat(record.getStartedAt().getSeconds())
            .isBetween(FROM.getEpochSecond() - 1, UNTIL.getEpochSecond() - 1);
      }
    }
    // then
    assertThat(channels.get(Channel.SMS) / 60_000.0).isCloseTo(0.70, within(0.01));
    assertThat(channels.get(Channel.EMAIL) / 60_000.0).isCloseTo(0.10, within(0.01));
    assertThat(channels.get(Channel.WHATSAPP) / 60_000.0).isCloseTo(0.10, within(0.01));
    assertThat(channels.get(Channel.VOICE) / 60_000.0).isCloseTo(0.05, within(0.01));
    assertThat(late / 60_000.0).isCloseTo(0.05, within(0.005));
    assertThat(failover / 60_000.0).isCloseTo(0.03, within(0.005));
    assertThat(accounts.keySet()).hasSizeGreaterThan(480).allMatch(a -> a.matches("acct-\\d{5}"));
    assertThat((double) accounts.get("acct-00001") / accounts.get("acct-00010"))
        .isCloseTo(10, within(2.0));
    assertThat(hours[10]).isGreaterThan(2 * hours[23]);
  }

  @Test
  void shouldBringLaterAspectsInAnyOrderWithTheHeaderOfTheirRecord() {
    // given
    TrafficGenerator generator =
        new TrafficGenerator(GeneratorOptions.of(5, 20_000, FROM, UNTIL).withShares(0, 0, 1));
    Map<String, DetailRecord> first = new HashMap<>();
    int ratingBeforeSubmission = 0;
    int ratingBeforeDelivery = 0;
    Set<String> rated = new HashSet<>();
    // when
    while (generator.next()) {
      DetailRecord record = generator.record();
      DetailRecord seen = first.putIfAbsent(record.getRecordId(), record);
      if (seen != null) {
        assertThat(seen.getStartedAt()).isEqualTo(record.getStartedAt());
        assertThat(seen.getAccount()).isEqualTo(record.getAccount());
        assertThat(seen.getChannel()).isEqualTo(record.getChannel());
      }
      if (record.hasRating()) {
        rated.add(record.getRecordId());
        ratingBeforeSubmission += seen == null ? 1 : 0;
      }
      if (record.hasDelivery()) {
        ratingBeforeDelivery += rated.contains(record.getRecordId()) ? 1 : 0;
      }
    }
    // then
    assertThat(ratingBeforeSubmission).isBetween(200, 600);
    assertThat(ratingBeforeDelivery).isBetween(9_000, 11_500);
  }

  @Test
  void shouldRefuseOptionsOutOfBounds() {
    GeneratorOptions good = GeneratorOptions.of(1, 1, FROM, UNTIL);
    assertThatThrownBy(() -> GeneratorOptions.of(1, -1, FROM, UNTIL))
        .hasMessage("records must be 0 to 1000000000000: -1");
    assertThatThrownBy(() -> GeneratorOptions.of(1, 1, UNTIL, FROM))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> good.withAccounts(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> good.withSubscribers(999))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> good.withShares(Double.NaN, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new TrafficGenerator(GeneratorOptions.of(1, 0, FROM, UNTIL)).next()).isFalse();
  }

  @Test
  void shouldGiveEverySubscriberANumberAndAddressOfTheirOwn() {
    // given
    List<Country> countries = Country.all();
    Subscribers subscribers = new Subscribers(countries, 100_000);
    Set<String> numbers = new HashSet<>();
    Set<String> mails = new HashSet<>();
    int drawn = 0;
    // when
    long weights = countries.stream().mapToLong(Country::weight).sum();
    long sum = 0;
    for (int c = 0; c < countries.size(); c++) {
      int from = (int) (sum * 100_000 / weights);
      sum += countries.get(c).weight();
      for (int i = from; i < sum * 100_000 / weights; i++) {
        numbers.add(subscribers.number(c, i));
        mails.add(subscribers.mail(i));
        drawn++;
      }
    }
    // then
    assertThat(drawn).isEqualTo(100_000);
    assertThat(numbers).hasSize(100_000);
    assertThat(mails).hasSize(100_000);
    assertThat(new Subscribers(countries, 100_000_000)).isNotNull();
  }

  private static final long GOLDEN = -4_882_107_366_111_057_629L;

  private static long hash(GeneratorOptions options) {
    TrafficGenerator generator = new TrafficGenerator(options);
    long hash = 0;
    while (generator.next()) {
      hash = 31 * hash + java.util.Arrays.hashCode(generator.record().toByteArray());
    }
    return hash;
  }
}
