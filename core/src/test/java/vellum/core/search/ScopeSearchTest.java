package vellum.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.seal.TestRecords.party;
import static vellum.core.seal.TestRecords.sms;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.retention.StripRig;
import vellum.core.seal.ContentSource;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.IdentifierKind;

/** Records of scopes, over live and stripped months, page by page. */
final class ScopeSearchTest {

  private static final String ANNA = "+491700000001";
  private static final String BERT = "+491700000002";
  private static final String CARL = "+491700000003";
  private static final Instant OCTOBER = Instant.parse("2026-10-05T08:00:00Z");
  private static final Instant NOVEMBER = Instant.parse("2026-11-05T08:00:00Z");
  private static final Instant FROM = Instant.parse("2026-10-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-12-01T00:00:00Z");

  @TempDir Path directory;

  private static DetailRecord call(int seed, Instant at, String from, String to) {
    DetailRecord.Builder record = sms(seed, at, to);
    record.getSubmissionBuilder().setSender(party(IdentifierKind.E164, from));
    return record.build();
  }

  private static CaseSubject number(String value) {
    return CaseSubject.of(CaseSubject.Kind.NUMBER, value);
  }

  private static CaseScope scope(CaseSubject... subjects) {
    return new CaseScope(List.of(subjects), new TreeSet<>(), FROM, TO, Set.of());
  }

  private static CaseScope accounts(String... accounts) {
    return new CaseScope(List.of(), new TreeSet<>(Arrays.asList(accounts)), FROM, TO, Set.of());
  }

  private static ScopeSearch search(StripRig rig) {
    return new ScopeSearch(
        new SearchParts(
            rig.finder, rig.months, new NoVaults(), rig.keys, rig.calendar, ContentSource.NONE));
  }

  private static List<DetailRecord> traffic() {
    List<DetailRecord> records = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      records.add(call(i, OCTOBER.plusSeconds(i * 997L), ANNA, BERT));
      records.add(call(100 + i, NOVEMBER.plusSeconds(i * 997L), CARL, i % 3 == 0 ? ANNA : BERT));
    }
    return records;
  }

  private static List<String> ids(List<Found> found) {
    return found.stream().map(one -> one.record().getRecordId()).toList();
  }

  private static List<String> idsOf(List<DetailRecord> sent, String... people) {
    List<String> wanted = List.of(people);
    return sent.stream()
        .filter(
            one ->
                wanted.contains(one.getSubmission().getSender().getIdentifiers(0).getValue())
                    || wanted.contains(
                        one.getSubmission().getRecipient().getIdentifiers(0).getValue()))
        .map(DetailRecord::getRecordId)
        .toList();
  }

  private static List<Found> all(ScopeSearch search, CaseScope scope, int limit) {
    List<Found> found = new ArrayList<>();
    String cursor = null;
    do {
      SearchPage page = search.next(scope, Reach.NONE, cursor, limit);
      assertThat(page.records()).hasSizeLessThanOrEqualTo(limit);
      assertThat(page.done()).isBetween(0.0, 1.0);
      found.addAll(page.records());
      cursor = page.next();
    } while (cursor != null);
    return found;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000})
  void shouldGiveEachRecordOfSeveralPeopleOnce(int limit) {
    try (StripRig rig = new StripRig(directory)) {
      // given: most records are of two of them
      List<DetailRecord> sent = traffic();
      rig.send(sent);
      rig.pump();

      // when
      List<Found> found = all(search(rig), scope(number(ANNA), number(BERT)), limit);

      // then
      assertThat(ids(found)).containsExactlyInAnyOrderElementsOf(idsOf(sent, ANNA, BERT));
      assertThat(found).allSatisfy(one -> assertThat(one.identified()).isTrue());
      assertThat(found.toString()).doesNotContain("170000");
    }
  }

  @Test
  void shouldTakeOnlyWhatIsWithinTheScope() {
    try (StripRig rig = new StripRig(directory)) {
      // given
      DetailRecord first = call(1, OCTOBER, ANNA, BERT);
      DetailRecord last = call(2, OCTOBER.plusSeconds(60), ANNA, BERT);
      DetailRecord voice =
          call(3, OCTOBER.plusSeconds(30), ANNA, BERT).toBuilder()
              .setChannel(Channel.VOICE)
              .build();
      DetailRecord other =
          call(4, OCTOBER.plusSeconds(31), ANNA, BERT).toBuilder().setAccount("acct-2").build();
      rig.send(List.of(first, last, voice, other));
      rig.pump();
      CaseScope minute =
          new CaseScope(
              List.of(number(ANNA)),
              new TreeSet<>(Set.of("acct-1")),
              OCTOBER,
              OCTOBER.plusSeconds(60),
              Set.of(Channel.SMS));

      // when, then
      assertThat(ids(all(search(rig), minute, 10))).containsExactly(first.getRecordId());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 17})
  void shouldKeepWhatItGaveOfAMonthThatIsStrippedBetweenTwoPages(int before) {
    try (StripRig rig = new StripRig(directory)) {
      // given
      List<DetailRecord> sent = traffic();
      rig.send(sent);
      rig.pump();
      ScopeSearch search = search(rig);
      ScopeWalk walk = search.walk(scope(number(ANNA)), Reach.NONE, null);
      SearchPage first = walk.next(before);

      // when
      rig.moveTo(Instant.parse("2027-11-01T00:00:00Z"));
      rig.settle();
      SearchPage kept = walk.next(1000);
      SearchPage anew = search.next(scope(number(ANNA)), Reach.NONE, first.next(), 1000);

      // then: October is gone, November is not
      assertThat(first.records()).hasSize(before);
      assertThat(ids(kept.records())).isEqualTo(ids(anew.records())).hasSize(10);
      assertThat(ids(kept.records())).doesNotContainAnyElementsOf(ids(first.records()));
      assertThat(kept.next()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 1000})
  void shouldGiveAccountsRecordsWithoutIdentitiesWhenTheyAreStripped(int limit) {
    try (StripRig rig = new StripRig(directory)) {
      // given
      rig.send(traffic());
      rig.pump();
      rig.moveTo(Instant.parse("2027-11-01T00:00:00Z"));
      rig.settle();

      // when
      List<Found> found = all(search(rig), accounts("acct-1"), limit);

      // then
      assertThat(found).hasSize(60);
      assertThat(found.stream().filter(one -> one.place() == Found.Place.ARCHIVE))
          .hasSize(30)
          .allSatisfy(one -> assertThat(one.record().getSubmission().hasSender()).isFalse());
      assertThat(found.stream().filter(Found::identified)).hasSize(30);
    }
  }

  @Test
  void shouldFindBusinessSendersAndNamedRecordsInArchivesToo() {
    try (StripRig rig = new StripRig(directory)) {
      // given
      DetailRecord acme = sms(1, OCTOBER, ANNA).build();
      DetailRecord named = call(2, OCTOBER.plusSeconds(1), BERT, CARL);
      rig.send(List.of(acme, named, call(3, OCTOBER.plusSeconds(2), BERT, CARL)));
      rig.pump();
      CaseSubject sender = CaseSubject.of(CaseSubject.Kind.SENDER_ID, "ACME");
      CaseSubject record = CaseSubject.of(CaseSubject.Kind.RECORD_ID, named.getRecordId());

      // when
      ScopeSearch search = search(rig);
      List<String> live = ids(all(search, scope(sender), 10));
      List<String> byId = ids(all(search, scope(record), 10));
      List<String> byBoth = ids(all(search, scope(record, sender), 10));
      rig.moveTo(Instant.parse("2027-11-01T00:00:00Z"));
      rig.settle();

      // then
      assertThat(live).containsExactly(acme.getRecordId());
      assertThat(byId).containsExactly(named.getRecordId());
      assertThat(byBoth).containsExactlyInAnyOrder(acme.getRecordId(), named.getRecordId());
      assertThat(all(search, scope(sender), 10))
          .singleElement()
          .satisfies(one -> assertThat(one.place()).isEqualTo(Found.Place.ARCHIVE));
      assertThat(all(search, scope(record), 10))
          .singleElement()
          .satisfies(one -> assertThat(one.identified()).isFalse());
      assertThat(all(search, scope(record, sender), 1)).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void shouldLoseNothingBetweenPagesOfManyAccountsAndOfTwoMonths(int limit) {
    try (StripRig rig = new StripRig(directory)) {
      // given: within 70 minutes keys go by accounts; these are of the turn of the month, UTC
      Instant before = Instant.parse("2026-10-31T23:30:00Z");
      List<DetailRecord> sent = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        sent.add(
            call(i, before.plusSeconds(i * 60L), ANNA, BERT).toBuilder()
                .setAccount("acct-" + i * 7 % 10)
                .build());
      }
      rig.send(sent);
      rig.pump();
      ScopeSearch search = search(rig);

      // when
      List<Found> anew = all(search, scope(number(ANNA)), limit);
      ScopeWalk walk = search.walk(scope(number(ANNA)), Reach.NONE, null);
      List<Found> walked = new ArrayList<>();
      SearchPage page;
      do {
        page = walk.next(limit);
        walked.addAll(page.records());
      } while (page.next() != null);

      // then
      assertThat(ids(anew)).containsExactlyInAnyOrderElementsOf(idsOf(sent, ANNA));
      assertThat(ids(walked)).isEqualTo(ids(anew));
    }
  }

  @Test
  void shouldRefuseACursorOfAnotherScope() {
    try (StripRig rig = new StripRig(directory)) {
      rig.send(traffic());
      rig.pump();
      ScopeSearch search = search(rig);
      String cursor = search.next(scope(number(ANNA)), Reach.NONE, null, 1).next();

      assertThatThrownBy(() -> search.next(accounts("acct-1"), Reach.NONE, cursor, 1))
          .isInstanceOf(SearchException.BadCursor.class);
      assertThatThrownBy(() -> search.next(scope(number(ANNA)), Reach.NONE, "x", 1))
          .isInstanceOf(SearchException.BadCursor.class);
      assertThat(cursor).doesNotContain("170000");
    }
  }
}
