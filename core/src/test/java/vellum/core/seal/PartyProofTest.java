package vellum.core.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.IdentityClass;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.Party;
import vellum.v1.Submission;

final class PartyProofTest {

  @TempDir Path directory;
  private SealFixture fixture;

  @BeforeEach
  void open() {
    fixture = new SealFixture(directory, Set.of("+491701234567"));
  }

  private record Person(IdentityClass identityClass, String canonical) {}

  private static Person person(Identifier identifier) {
    byte[] value = identifier.getValue().getBytes(StandardCharsets.UTF_8);
    CanonicalIdentity read =
        new CanonicalIdentity().read(identifier.getKindValue(), value, 0, value.length);
    return new Person(read.identityClass(), new String(read.toArray(), StandardCharsets.UTF_8));
  }

  private static List<Person> persons(DetailRecord record) {
    Submission submission = record.getSubmission();
    return Stream.of(
            submission.getSender(),
            submission.getRecipient(),
            submission.getOriginalSender(),
            submission.getForwardedFrom())
        .map(Party::getIdentifiersList)
        .flatMap(List::stream)
        .map(PartyProofTest::person)
        .toList();
  }

  private SealedRecord sealed(DetailRecord record) {
    return SealFixture.records(fixture.seal(record)).get(0);
  }

  private boolean isIn(SealedRecord record, Person person) {
    MonthCipher cipher = fixture.keys.existing(record.month()).orElseThrow().newCipher();
    byte[] canonical = person.canonical.getBytes(StandardCharsets.UTF_8);
    return new PartyProof(person.identityClass, canonical, cipher).isIn(record);
  }

  @Test
  void shouldFindEveryPartyAndNobodyElse() {
    Random random = new Random(5);
    Set<IdentityClass> classes = new HashSet<>();
    SealedRecord before = sealed(TestRecords.sms(1));
    for (int i = 0; i < 100; i++) {
      DetailRecord clear = TestRecords.full(random, "canary");
      SealedRecord record = sealed(clear);
      List<Person> persons = persons(clear);
      assertThat(persons).hasSize(8);
      for (Person person : persons) {
        assertThat(isIn(record, person)).as("record %d, %s", i, person).isTrue();
        assertThat(isIn(before, person)).isFalse();
        classes.add(person.identityClass);
      }
      before = record;
    }
    assertThat(classes)
        .containsExactlyInAnyOrder(
            IdentityClass.TEL, IdentityClass.MAIL, IdentityClass.IMSI, IdentityClass.OTHER);
  }

  @Test
  void shouldFindWhoStandsInClear() {
    DetailRecord clear = TestRecords.sms(2);
    SealedRecord record = sealed(clear);
    DetailRecord shown = new RecordOpener().open(record, Identities.ABSENT, null);
    assertThat(shown.getSubmission().getRecipient().getIdentifiers(0).getValue())
        .isEqualTo(TestRecords.NUMBER);

    assertThat(persons(clear)).hasSize(2).allMatch(person -> isIn(record, person));
    assertThat(isIn(record, new Person(IdentityClass.TEL, "491701234568"))).isFalse();
    assertThat(isIn(record, new Person(IdentityClass.MAIL, "491701234567"))).isFalse();
  }

  @Test
  void shouldKnowANumberInAllItsSpellings() {
    for (Identifier spelling :
        List.of(
            identifier(IdentifierKind.SIP_URI, "sip:+49-170-7654321@host.example"),
            identifier(IdentifierKind.CHANNEL_USER_ID, "491707654321@c.us"),
            identifier(IdentifierKind.IDENTIFIER_KIND_UNSPECIFIED, "491707654321"),
            identifier(IdentifierKind.E164, "+491707654321"))) {
      DetailRecord.Builder record = TestRecords.sms(3).toBuilder();
      record.getSubmissionBuilder().getRecipientBuilder().setIdentifiers(0, spelling);

      assertThat(isIn(sealed(record.build()), new Person(IdentityClass.TEL, "491707654321")))
          .as(spelling.getValue())
          .isTrue();
    }
  }

  private static Identifier identifier(IdentifierKind kind, String value) {
    return Identifier.newBuilder().setKind(kind).setValue(value).build();
  }

  @Test
  void shouldFindNobodyWhereThereIsNoSubmission() {
    assertThat(isIn(sealed(TestRecords.delivered(4, 1)), new Person(IdentityClass.TEL, "1")))
        .isFalse();
  }

  @Test
  void shouldProveNothingOnceTheKeyIsDestroyed() {
    SealedRecord record = sealed(TestRecords.sms(5, TestRecords.STARTED, "+491707654321").build());
    MonthCipher cipher = fixture.keys.existing(record.month()).orElseThrow().newCipher();
    byte[] number = "491707654321".getBytes(StandardCharsets.US_ASCII);
    PartyProof proof = new PartyProof(IdentityClass.TEL, number, cipher);
    assertThat(proof.isIn(record)).isTrue();

    fixture.keys.destroy(record.month(), SealFixture.NOW);

    assertThatThrownBy(() -> proof.isIn(record)).isInstanceOf(CryptoException.KeyDestroyed.class);
  }
}
