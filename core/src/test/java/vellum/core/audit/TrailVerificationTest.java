package vellum.core.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A trail of twenty entries with checkpoints over 10 and 20, changed in every way that there is, as
 * an export and in a copy of its directory.
 */
final class TrailVerificationTest {

  private static final int ENTRIES = 20;

  @TempDir private Path directory;
  private AuditFixture fixture;
  private List<String> export;
  private VerifierKey key;

  @BeforeEach
  void open() {
    fixture = new AuditFixture(directory.resolve("data"));
    fixture.record(9);
    fixture.checkpoints.sign();
    fixture.record(10);
    fixture.checkpoints.sign();
    key = fixture.checkpoints.key();
    export = new ArrayList<>(fixture.export());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  // The lines of the export: header, entries 0 to 9, checkpoint, entries 10 to 19, checkpoint.

  private static int line(int entry) {
    return entry < 10 ? entry + 1 : entry + 2;
  }

  @Test
  void shouldFindAWholeTrailWhole() throws IOException {
    TrailVerification.Verdict ofExport = verify(List.of(key));
    TrailVerification.Verdict ofCopy = verifyDirectory();

    for (TrailVerification.Verdict one : List.of(ofExport, ofCopy, verify(List.of()))) {
      assertThat(one.findings()).isEmpty();
      assertThat(one.isGood()).isTrue();
      assertThat(one.entries()).isEqualTo(ENTRIES);
      assertThat(one.signed()).isEqualTo(ENTRIES);
      assertThat(one.checkpoints()).isEqualTo(2);
    }
  }

  @Test
  void shouldSayWhatIsNotSignedYet() throws IOException {
    fixture.record(3);
    TrailVerification.Verdict verdict = verifyDirectory();
    assertThat(verdict.isGood()).isTrue();
    assertThat(verdict.entries()).isEqualTo(23);
    assertThat(verdict.signed()).isEqualTo(ENTRIES);
  }

  @Test
  void shouldNameAnEditedEntry() throws IOException {
    for (int entry : new int[] {0, 1, 8, 9, 10, 17, 18}) {
      List<String> before = List.copyOf(export);
      export.set(line(entry), export.get(line(entry)).replace("\"who\":\"", "\"who\":\"x"));
      assertFound(Finding.Kind.EDITED, entry, "entry " + entry + " was edited");
      export = new ArrayList<>(before);
    }
  }

  @Test
  void shouldNameAnEntryWhoseHashOfTheOneBeforeWasEdited() throws IOException {
    for (int entry : new int[] {0, 1, 9, 12}) {
      List<String> before = List.copyOf(export);
      export.set(
          line(entry),
          export.get(line(entry)).replaceAll("\"previous\":\"....", "\"previous\":\"abcd"));
      assertFound(Finding.Kind.EDITED, entry, "entry " + entry + " was edited");
      export = new ArrayList<>(before);
    }
  }

  @Test
  void shouldFindAnyByteThatIsChanged() throws IOException {
    // given
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      int entry = random.nextInt(ENTRIES);
      String whole = export.get(line(entry));
      int at = random.nextInt(whole.length());
      char other = (char) (whole.charAt(at) == 'z' ? 'y' : whole.charAt(at) + 1);
      // when
      export.set(line(entry), whole.substring(0, at) + other + whole.substring(at + 1));
      TrailVerification.Verdict verdict = verify(List.of(key));
      // then
      assertThat(verdict.isGood()).as("byte " + at + " of entry " + entry).isFalse();
      export.set(line(entry), whole);
    }
  }

  @Test
  void shouldNameTheEntriesAmongWhichTheLastWasEdited() throws IOException {
    // The last entry has none behind it: the checkpoint finds it, and no other entry is wrong.
    export.set(line(19), export.get(line(19)).replace("\"who\":\"jane\"", "\"who\":\"john\""));
    assertFound(Finding.Kind.FORKED, 10, "entries 10 to 19 are not those");
  }

  @Test
  void shouldNameADroppedEntry() throws IOException {
    export.remove(line(13));
    export.remove(line(13));
    assertFound(Finding.Kind.DROPPED, 13, "entries 13 to 14 are missing");
    export = new ArrayList<>(fixture.export());
    export.remove(line(0));
    assertFound(Finding.Kind.DROPPED, 0, "entry 0 is missing");
  }

  @Test
  void shouldNameADroppedEntryWhoseNumberWasGivenToTheNext() throws IOException {
    // given: 13 is gone, those behind it move up
    for (int entry = 13; entry < 19; entry++) {
      export.set(
          line(entry),
          export.get(line(entry + 1)).replace("{\"entry\":" + (entry + 1), "{\"entry\":" + entry));
    }
    export.remove(line(19));
    // then
    TrailVerification.Verdict verdict = verify(List.of(key));
    assertThat(verdict.findings().get(0).entry()).isBetween(12L, 13L);
    assertThat(verdict.findings()).extracting(Finding::kind).contains(Finding.Kind.TRUNCATED);
  }

  @Test
  void shouldNameAReorderedEntry() throws IOException {
    String five = export.get(line(5));
    export.set(line(5), export.get(line(6)));
    export.set(line(6), five);
    assertFound(Finding.Kind.REORDERED, 5, "entry 5 was reordered");
  }

  @Test
  void shouldNameAnEntryThatIsThereTwice() throws IOException {
    export.add(line(7), export.get(line(7)));
    TrailVerification.Verdict verdict = verify(List.of(key));
    assertThat(verdict.findings().get(0).kind()).isEqualTo(Finding.Kind.REPEATED);
    assertThat(verdict.findings().get(0).entry()).isEqualTo(7);
  }

  @Test
  void shouldNameTheFirstEntryThatWasCutOff() throws IOException {
    // given: the end is gone, the checkpoint over it was kept
    String checkpoint = export.get(export.size() - 1);
    export = new ArrayList<>(export.subList(0, line(16)));
    export.set(0, TrailFile.header(AuditFixture.ORIGIN, List.of(key), 16));
    export.add(checkpoint);
    assertFound(Finding.Kind.TRUNCATED, 16, "entries 16 to 19 are missing at the end");
    // and when it was kept elsewhere only
    export.remove(export.size() - 1);
    assertThat(verify(List.of(key)).isGood()).isTrue();
    assertFound(Finding.Kind.TRUNCATED, 16, "entries 16 to 19", note(checkpoint));
    // and when only the header says how many there were
    export.set(0, TrailFile.header(AuditFixture.ORIGIN, List.of(key), ENTRIES));
    assertFound(Finding.Kind.TRUNCATED, 16, "the trail should have 20 entries");
  }

  @Test
  void shouldNameTheEntriesOfAForkedTrail() throws IOException {
    // given: somebody writes entry 12 anew, and all behind it so that they fit
    rewrite(12);
    assertFound(Finding.Kind.FORKED, 10, "entries 10 to 19 are not those that a checkpoint was");
    assertFound(Finding.Kind.FORKED, 10, "if only one was edited, it is entry 19");
    // and with more checkpoints, the entry itself
    fixture.record(1);
    fixture.checkpoints.sign();
    fixture.record(1);
    fixture.checkpoints.sign();
    export = new ArrayList<>(fixture.export());
    rewrite(21);
    assertFound(Finding.Kind.FORKED, 21, "entry 21 is not the one that a checkpoint was signed");
  }

  @Test
  void shouldFindAForkThatWasSignedByTheTrailsOwnKey() throws IOException {
    // given: another history of the same trail, signed with its key, and what was kept elsewhere
    String kept = note(export.get(export.size() - 1));
    rewrite(15);
    HashTree tree = new HashTree();
    for (int entry = 0; entry < ENTRIES; entry++) {
      tree.add(HashTree.leaf(export.get(line(entry)).getBytes(UTF_8)));
    }
    TreeHead head = new TreeHead(AuditFixture.ORIGIN, ENTRIES, tree.root());
    String forged = Note.sign(head.text(), key, fixture.key).write();
    export.set(export.size() - 1, TrailFile.checkpoint(forged));
    // when, then
    assertThat(verify(List.of(key)).isGood()).isTrue();
    assertThat(verify(List.of(key), kept).findings())
        .extracting(Finding::kind)
        .containsOnly(Finding.Kind.FORKED);
    assertThat(verify(List.of(key), kept).findings())
        .extracting(Finding::text)
        .anyMatch(text -> text.contains("the trail was forked at entry 19 or before"))
        .anyMatch(text -> text.startsWith("entries 10 to 19 are not those"));
  }

  @Test
  void shouldNameABadCheckpointAndPassOverThoseOfOthers() throws IOException {
    // given
    String good = export.get(line(9) + 1);
    export.set(line(9) + 1, good.replace("\\n10\\n", "\\n11\\n"));
    TrailVerification.Verdict verdict = verify(List.of(key));
    assertThat(verdict.findings())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.kind()).isEqualTo(Finding.Kind.BAD_CHECKPOINT);
              assertThat(one.text()).contains("its signature does not hold");
            });
    export.set(line(9) + 1, "{\"checkpoint\":\"nothing\"}");
    assertThat(verify(List.of(key)).findings())
        .extracting(Finding::text)
        .singleElement()
        .asString()
        .contains("not a signed note");
    // and when it is of a key that nobody trusts
    export.set(line(9) + 1, good);
    VerifierKey other = new VerifierKey(AuditFixture.ORIGIN, new byte[32]);
    assertThat(verify(List.of(other)).unknown()).isEqualTo(2);
    assertThat(verify(List.of(other)).signed()).isZero();
  }

  @Test
  void shouldTakeAnyLineThatIsNoEntryForAnEditedOne() throws IOException {
    for (String bad : List.of("", "{}", "rubbish", "{\"entry\":4}")) {
      String whole = export.get(line(4));
      export.set(line(4), bad);
      assertFound(Finding.Kind.EDITED, 4, "entry 4 was edited");
      export.set(line(4), whole);
    }
  }

  @Test
  void shouldFindInADirectoryWhatItFindsInAnExport() throws IOException {
    byte[] seven = fixture.line(7);
    byte[] eight = fixture.line(8);
    // edited
    fixture.put(7, new String(seven, UTF_8).replace("jane", "john").getBytes(UTF_8));
    assertFirst(verifyDirectory(), Finding.Kind.EDITED, 7);
    // dropped
    fixture.delete(7);
    assertFirst(verifyDirectory(), Finding.Kind.DROPPED, 7);
    // reordered
    fixture.put(7, eight);
    fixture.put(8, seven);
    assertFirst(verifyDirectory(), Finding.Kind.REORDERED, 7);
    fixture.put(7, seven);
    fixture.put(8, eight);
    assertThat(verifyDirectory().isGood()).isTrue();
    // truncated
    for (int entry = 15; entry < ENTRIES; entry++) {
      fixture.delete(entry);
    }
    assertFirst(verifyDirectory(), Finding.Kind.TRUNCATED, 15);
  }

  /** Writes an entry anew, and those behind it so that each names the hash of the one before. */
  private void rewrite(int from) {
    int entries = (int) fixture.trail.size();
    export.set(at(from), export.get(at(from)).replace("\"jane\"", "\"john\""));
    for (int entry = from + 1; entry < entries; entry++) {
      int at = at(entry);
      String hash =
          HexFormat.of().formatHex(HashTree.leaf(export.get(at(entry - 1)).getBytes(UTF_8)));
      export.set(
          at, export.get(at).replaceFirst("\"previous\":\"[0-9a-f]+", "\"previous\":\"" + hash));
    }
  }

  private int at(int entry) {
    String start = "{\"entry\":" + entry + ",";
    for (int i = 1; i < export.size(); i++) {
      if (export.get(i).startsWith(start)) {
        return i;
      }
    }
    throw new AssertionError("no entry " + entry);
  }

  private static String note(String checkpointLine) {
    String escaped = checkpointLine.substring("{\"checkpoint\":\"".length());
    return escaped.substring(0, escaped.length() - 2).replace("\\n", "\n");
  }

  private void assertFound(Finding.Kind kind, long entry, String text, String... kept)
      throws IOException {
    TrailVerification.Verdict verdict = verify(List.of(key), kept);
    assertThat(verdict.findings())
        .as(kind + " " + entry)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.kind()).isEqualTo(kind);
              assertThat(one.entry()).isEqualTo(entry);
              assertThat(one.text()).contains(text);
            });
  }

  private static void assertFirst(
      TrailVerification.Verdict verdict, Finding.Kind kind, long entry) {
    assertThat(verdict.findings()).isNotEmpty();
    assertThat(verdict.findings().get(0).kind()).isEqualTo(kind);
    assertThat(verdict.findings().get(0).entry()).isEqualTo(entry);
  }

  private TrailVerification.Verdict verify(List<VerifierKey> keys, String... kept)
      throws IOException {
    Path file = directory.resolve("export.ndjson");
    Files.writeString(file, String.join("\n", export) + "\n");
    TrailVerification verification = new TrailVerification(TrailFile.open(file), keys);
    List.of(kept).forEach(verification::addCheckpoint);
    return verification.run();
  }

  private TrailVerification.Verdict verifyDirectory() throws IOException {
    Path scratch = Files.createDirectories(directory.resolve("scratch"));
    TrailSource copy = TrailCopy.open(fixture.directory, scratch);
    return new TrailVerification(copy, List.of(key)).run();
  }
}
