package vellum.core.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class EntryLineTest {

  private static final Draft DRAFT =
      Draft.of(AuditEvent.IDENTITIES_REVEALED, AuditFixture.JANE, "Beschwerde \"übel\" \\ 2")
          .about("record 019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55")
          .inCase("C-2026-117")
          .counting(0)
          .endOf(3)
          .digesting("ab".repeat(32));

  @Test
  void shouldBeOneLineOfJsonInAFixedOrder() {
    String line = text(new Entry(17, AuditFixture.NOW, DRAFT, "0f".repeat(32)));
    assertThat(line)
        .isEqualTo(
            "{\"entry\":17,\"at\":\"2026-11-22T14:20:11.123Z\",\"event\":\"IDENTITIES_REVEALED\","
                + "\"outcome\":\"DONE\",\"who\":\"jane\",\"role\":\"privacy\",\"means\":\"token\","
                + "\"about\":\"record 019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55\","
                + "\"case\":\"C-2026-117\",\"why\":\"Beschwerde \\\"übel\\\" \\\\ 2\",\"count\":0,"
                + "\"of\":3,\"details\":\""
                + "ab".repeat(32)
                + "\",\"previous\":\""
                + "0f".repeat(32)
                + "\"}");
  }

  @Test
  void shouldReadWhatItWrote() {
    Draft bare = Draft.ofServer(AuditEvent.KEY_CREATED, "");
    SealedDraft sealed = new SealedDraft("hold-1", new byte[] {1, 2, 3, -1});
    for (Content content : List.of(DRAFT, bare, sealed)) {
      byte[] line = new Entry(5, AuditFixture.NOW, content, Entry.NOTHING).line();
      assertThat(EntryLine.read(line))
          .hasValueSatisfying(
              read -> {
                assertThat(read.line()).isEqualTo(line);
                assertThat(read.number()).isEqualTo(5);
              });
    }
    assertThat(text(new Entry(5, AuditFixture.NOW, sealed, Entry.NOTHING)))
        .contains("\"key\":\"hold-1\",\"sealed\":\"AQID/w==\"")
        .doesNotContain("event");
  }

  @Test
  void shouldReadNothingElse() {
    String line = text(new Entry(17, AuditFixture.NOW, DRAFT, "0f".repeat(32)));
    for (String other :
        List.of(
            "",
            "{}",
            "no JSON",
            line + " ",
            line + "{}",
            line.replace("\"entry\":17", "\"entry\":\"17\""),
            line.replace("\"entry\":17", "\"entry\":017"),
            line.replace("{\"entry\":17,", "{\"entry\": 17,"),
            line.replace(
                "\"who\":\"jane\",\"role\":\"privacy\"", "\"role\":\"privacy\",\"who\":\"jane\""),
            line.replace("\"who\"", "\"more\":1,\"who\""),
            line.replace("IDENTITIES_REVEALED", "IDENTITIES_SOLD"),
            line.replace("übel", "\\u00fcbel"),
            line.replace(",\"previous\":\"" + "0f".repeat(32) + "\"", ""))) {
      assertThat(EntryLine.read(other.getBytes(UTF_8))).as(other).isEmpty();
    }
  }

  @Test
  void shouldTakeNobodysNumberOrAddress() {
    for (String identity :
        List.of(
            "asked by anna@mail.example",
            "call +49 170 1234567",
            "0170-1234567 called",
            "491701234567")) {
      assertThat(AuditText.isPlain(identity, 200)).as(identity).isFalse();
      assertThatThrownBy(
              () -> Draft.of(AuditEvent.IDENTITIES_REVEALED, AuditFixture.JANE, identity))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("why of an entry")
          .hasMessageNotContaining(identity);
      assertThat(text(new Entry(0, AuditFixture.NOW, AuditFixture.draft(identity), Entry.NOTHING)))
          .contains("not shown")
          .doesNotContain(identity);
    }
    assertThatThrownBy(() -> DRAFT.inCase("+491701234567"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Draft.of(AuditEvent.IDENTITIES_REVEALED, AuditFixture.JANE, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Draft.of(AuditEvent.POLICY_CHANGED, AuditFixture.JANE, "two\nlines"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String text(Entry entry) {
    return new String(entry.line(), UTF_8);
  }
}
