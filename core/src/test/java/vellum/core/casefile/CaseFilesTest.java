package vellum.core.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.record.MonthId;
import vellum.core.store.Scan;
import vellum.core.store.StoreBatch;

final class CaseFilesTest {

  private static final String NUMBER = "+4915112345678";

  @TempDir private Path directory;
  private CaseFixture fixture;

  @BeforeEach
  void open() {
    fixture = new CaseFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(CaseFile file) {
    return new String(file.document(), StandardCharsets.UTF_8);
  }

  private CaseFile create(CaseKind kind, String document) {
    return fixture.files.create(kind, id -> text(document));
  }

  @Test
  void shouldKeepACaseWithItsHistoryAcrossARestart() {
    // given
    CaseFile first = fixture.files.create(CaseKind.ORDER, id -> text(id.text() + NUMBER));
    fixture.now = fixture.now.plusSeconds(60);
    fixture.files.change(first.id(), 1, text("second"));
    fixture.now = fixture.now.plusSeconds(60);
    Instant until = fixture.now.plusSeconds(1000);
    fixture.files.close(first.id(), 2, text("third"), until);
    // when
    fixture.reopen();
    // then
    List<CaseFile> history = fixture.files.history(first.id());
    assertThat(history)
        .extracting(CaseFilesTest::text)
        .containsExactly(first.id().text() + NUMBER, "second", "third");
    assertThat(history).extracting(CaseFile::revision).containsExactly(1, 2, 3);
    CaseFile last = fixture.files.find(first.id()).orElseThrow();
    assertThat(last.createdAt()).isEqualTo(CaseFixture.NOW);
    assertThat(last.changedAt()).isEqualTo(CaseFixture.NOW.plusSeconds(120));
    assertThat(last.closedAt()).contains(CaseFixture.NOW.plusSeconds(120));
    assertThat(history.get(1).closedAt()).isEmpty();
    assertThat(first.toString() + last).doesNotContain("49151");
  }

  @Test
  void shouldNotFindACaseUnderAnotherKind() {
    CaseId id = create(CaseKind.HOLD, "x").id();
    assertThat(fixture.files.find(new CaseId(CaseKind.ORDER, id.code()))).isEmpty();
    assertThat(fixture.files.history(new CaseId(CaseKind.ORDER, id.code()))).isEmpty();
    assertThatThrownBy(
            () -> fixture.files.change(new CaseId(CaseKind.REQUEST, id.code()), 1, text("y")))
        .isInstanceOf(CaseException.Gone.class);
  }

  @Test
  void shouldRefuseAChangeToWhatSomebodyElseChanged() {
    CaseId id = create(CaseKind.HOLD, "one").id();
    fixture.files.change(id, 1, text("two"));
    assertThatThrownBy(() -> fixture.files.change(id, 1, text("lost")))
        .isInstanceOf(CaseException.Stale.class)
        .hasMessageContaining("revision 1");
    assertThatThrownBy(() -> fixture.files.close(id, 3, text("lost"), fixture.now))
        .isInstanceOf(CaseException.Stale.class);
    assertThat(text(fixture.files.find(id).orElseThrow())).isEqualTo("two");
  }

  @Test
  void shouldLetOneOfManyChangesWin() throws Exception {
    CaseId id = create(CaseKind.HOLD, "one").id();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> all =
          Collections.nCopies(
              8,
              () -> {
                try {
                  fixture.files.change(id, 1, text("two"));
                  return true;
                } catch (CaseException.Stale e) {
                  return false;
                }
              });
      int won = 0;
      for (Future<Boolean> one : threads.invokeAll(all)) {
        won += one.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
      assertThat(fixture.files.history(id)).hasSize(2);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldListByCreationPageByPage() {
    List<CaseId> made = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      made.add(create(CaseKind.HOLD, "hold " + i % 2).id());
      create(CaseKind.ORDER, "order");
      fixture.now = fixture.now.plusSeconds(1);
    }
    fixture.reopen();
    List<CaseId> even = new ArrayList<>();
    CaseId after = null;
    while (true) {
      List<CaseFile> page =
          fixture.files.list(CaseKind.HOLD, file -> text(file).equals("hold 0"), after, 3);
      if (page.isEmpty()) {
        break;
      }
      page.forEach(file -> even.add(file.id()));
      after = page.get(page.size() - 1).id();
    }
    List<CaseId> expected = new ArrayList<>();
    for (int i = 0; i < 20; i += 2) {
      expected.add(made.get(i));
    }
    assertThat(even).isEqualTo(expected);
  }

  @Test
  void shouldShowNeitherPeopleNorKindsOnTheDisk() throws IOException {
    // given
    for (CaseKind kind : CaseKind.values()) {
      CaseId id = create(kind, NUMBER + " " + kind).id();
      fixture.files.attach(id, "part", text(NUMBER));
    }
    // then: rows of the index are of one length, and nothing of a document is readable
    List<Integer> lengths = new ArrayList<>();
    try (Scan scan = fixture.control.scan(CaseRows.INDEX, text("0"), text("["))) {
      while (scan.next()) {
        lengths.add(scan.value().length);
        assertThat(new String(scan.key(), StandardCharsets.US_ASCII)).hasSize(8);
      }
    }
    assertThat(lengths).hasSize(3).containsOnly(lengths.get(0));
    fixture.control.flushAll();
    for (String file : CaseFixture.contents(directory.resolve("control"))) {
      assertThat(file).doesNotContain(NUMBER.substring(1)).doesNotContain("REQUEST");
    }
    assertThat(fixture.keyFiles())
        .hasSize(3)
        .allMatch(name -> name.matches("2026-11\\.case-.{8}\\.key"));
  }

  @Test
  void shouldEraseACaseWhenItsTimeIsOver() throws IOException {
    // given
    CaseId id = create(CaseKind.ORDER, NUMBER).id();
    CaseId stays = create(CaseKind.ORDER, "stays").id();
    fixture.files.attach(id, "progress", text("page 7"));
    Instant until = fixture.now.plusSeconds(3600);
    fixture.files.close(id, 1, text(NUMBER), until);
    assertThat(fixture.files.expire(until.minusMillis(1))).isEmpty();
    // when
    List<CaseId> ended = fixture.files.expire(until);
    // then
    assertThat(ended).containsExactly(id);
    assertThat(fixture.files.find(id)).isEmpty();
    assertThat(fixture.files.history(id)).isEmpty();
    assertThat(fixture.files.attachment(id, "progress")).isEmpty();
    assertThat(fixture.rows()).isEqualTo(2);
    assertThat(fixture.keys.destroyed(fixture.key(id))).isTrue();
    assertThat(fixture.files.expire(until)).isEmpty();
    fixture.reopen();
    assertThat(fixture.files.find(id)).isEmpty();
    assertThat(text(fixture.files.find(stays).orElseThrow())).isEqualTo("stays");
  }

  @Test
  void shouldFinishAnEndThatWasCutShortBehindTheKey() {
    CaseId id = create(CaseKind.ORDER, NUMBER).id();
    fixture.files.attach(id, "progress", text("page 7"));
    fixture.keys.destroy(fixture.key(id), fixture.now);
    assertThat(fixture.files.find(id)).isEmpty();

    fixture.reopen();

    assertThat(fixture.rows()).isZero();
    assertThat(fixture.files.find(id)).isEmpty();
  }

  @Test
  void shouldEndAKeyOfWhichNoCaseIsKnown() {
    CaseId id = create(CaseKind.ORDER, "stays").id();
    MonthId lost = MonthId.parse("2026-10.case-00000000");
    fixture.keys.key(lost);
    fixture.keys.key(MonthId.parse("2026-10.default"));
    fixture.keys.key(MonthId.parse("2026-10.trail"));

    fixture.reopen();

    assertThat(fixture.keys.destroyed(lost)).isTrue();
    assertThat(fixture.keys.alive()).hasSize(3);
    assertThat(fixture.files.find(id)).isPresent();
  }

  @Test
  void shouldRefuseToStartWithoutTheKeyOfACase() throws IOException {
    CaseId id = create(CaseKind.ORDER, "x").id();
    Files.delete(directory.resolve("keys").resolve(fixture.key(id) + ".key"));
    assertThatThrownBy(fixture::reopen).isInstanceOf(CaseException.Corrupt.class);
  }

  @Test
  void shouldRefuseRowsThatAreNotWhatWasWritten() {
    CaseId one = create(CaseKind.ORDER, "one").id();
    CaseId two = create(CaseKind.ORDER, "two").id();
    byte[] row = fixture.control.get(CaseRows.CASES, CaseRows.key(two, 1));
    put(CaseRows.key(one, 1), row);
    assertThatThrownBy(() -> fixture.files.find(one)).isInstanceOf(CaseException.Corrupt.class);
    row[0] = 2;
    put(CaseRows.key(two, 1), row);
    assertThatThrownBy(() -> fixture.files.find(two)).isInstanceOf(CaseException.TooNew.class);
    row[0] = 0;
    put(CaseRows.key(two, 1), row);
    assertThatThrownBy(() -> fixture.files.find(two)).isInstanceOf(CaseException.TooOld.class);
    delete(CaseRows.key(two, 1));
    assertThatThrownBy(() -> fixture.files.find(two)).isInstanceOf(CaseException.Corrupt.class);
  }

  private void put(byte[] key, byte[] row) {
    StoreBatch batch = fixture.control.batch();
    batch.put(CaseRows.CASES, key, row);
    fixture.control.write(batch);
  }

  private void delete(byte[] key) {
    StoreBatch batch = fixture.control.batch();
    batch.delete(CaseRows.CASES, key);
    fixture.control.write(batch);
  }

  @Test
  void shouldLeaveNothingOfACaseThatCouldNotBeWritten() {
    fixture.isFull = true;
    assertThatThrownBy(() -> create(CaseKind.HOLD, NUMBER)).isInstanceOf(RuntimeException.class);
    fixture.isFull = false;
    assertThat(fixture.keys.alive()).isEmpty();
    assertThat(fixture.files.list(CaseKind.HOLD, file -> true, null, 10)).isEmpty();
  }

  @Test
  void shouldBoundDocuments() {
    byte[] most = new byte[CaseFiles.MAX_DOCUMENT_BYTES];
    CaseId id = fixture.files.create(CaseKind.ORDER, any -> most).id();
    assertThat(fixture.files.find(id).map(CaseFile::document)).contains(most);
    assertThatThrownBy(
            () -> fixture.files.change(id, 1, new byte[CaseFiles.MAX_DOCUMENT_BYTES + 1]))
        .isInstanceOf(CaseException.TooLarge.class);
    assertThatThrownBy(() -> fixture.files.create(CaseKind.ORDER, any -> new byte[most.length + 1]))
        .isInstanceOf(CaseException.TooLarge.class);
    assertThat(fixture.keys.alive()).hasSize(1);
  }

  @Test
  void shouldReplaceAnAttachment() {
    CaseId id = create(CaseKind.ORDER, "x").id();
    fixture.files.attach(id, "progress", text("1"));
    fixture.files.attach(id, "progress", text("2"));
    fixture.reopen();
    assertThat(fixture.files.attachment(id, "progress").map(String::new)).contains("2");
    assertThat(fixture.files.attachment(id, "other")).isEqualTo(Optional.empty());
    fixture.files.detach(id, "progress");
    assertThat(fixture.files.attachment(id, "progress")).isEmpty();
    assertThatThrownBy(() -> fixture.files.attach(id, "Name", text("")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
