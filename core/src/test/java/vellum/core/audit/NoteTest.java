package vellum.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import vellum.core.audit.Note.Trust;

final class NoteTest {

  /** Key and note of the tests of Go's golang.org/x/mod/sumdb/note. */
  private static final String KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  private static final String TEXT =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.
      """;

  private static final String NOTE =
      TEXT
          + "\n\u2014 PeterNeumann"
          + " x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

  @Test
  void shouldVerifyTheNoteOfTheReference() {
    VerifierKey key = VerifierKey.parse(KEY);
    Note note = Note.parse(NOTE);

    assertThat(key.text()).isEqualTo(KEY);
    assertThat(note.text()).isEqualTo(TEXT);
    assertThat(note.trust(List.of(key))).isEqualTo(Trust.SIGNED);
    assertThat(note.write()).isEqualTo(NOTE);
  }

  @Test
  void shouldTellABrokenSignatureFromAnUnknownOne() {
    VerifierKey key = VerifierKey.parse(KEY);
    VerifierKey other = new VerifierKey("other", key.publicKey());
    VerifierKey sameName = new VerifierKey("PeterNeumann", new byte[32]);

    assertThat(Note.parse(NOTE.replace("answer", "question")).trust(List.of(key)))
        .isEqualTo(Trust.BROKEN);
    assertThat(Note.parse(NOTE).trust(List.of(other, sameName))).isEqualTo(Trust.UNKNOWN);
    assertThat(Note.parse(NOTE).trust(List.of())).isEqualTo(Trust.UNKNOWN);
  }

  @Test
  void shouldReadTheCheckpointOfTheSpecification() {
    // given: the example of C2SP's tlog-checkpoint
    String note =
        """
        example.com/behind-the-sofa
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        \u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
        """;
    // when
    Note read = Note.parse(note);
    TreeHead head = TreeHead.parse(read.text());
    // then
    assertThat(head.origin()).isEqualTo("example.com/behind-the-sofa");
    assertThat(head.size()).isEqualTo(20852163);
    assertThat(head.text()).isEqualTo(read.text());
    assertThat(read.signatures()).hasSize(1);
    assertThat(read.write()).isEqualTo(note);
  }

  @Test
  void shouldRefuseWhatIsNoNote() {
    for (String bad :
        List.of(
            "",
            TEXT,
            TEXT + "\n",
            NOTE.stripTrailing(),
            NOTE.replace("\u2014 ", "- "),
            NOTE.replace("PeterNeumann x08", "Peter Neumann x08"),
            NOTE.replace("x08go", "!08go"),
            NOTE.replace("problem,", "problem,\t"),
            TEXT + "\n\u2014 PeterNeumann x08=\n")) {
      assertThatThrownBy(() -> Note.parse(bad))
          .as(bad)
          .isInstanceOf(AuditException.Unreadable.class);
    }
    for (String bad :
        List.of("a\n1\n", "a b\n1\nAAAA\n", "a\n01\n" + "A".repeat(43) + "=\n", "a\n1\nAAAA\n")) {
      assertThatThrownBy(() -> TreeHead.parse(bad))
          .as(bad)
          .isInstanceOf(AuditException.Unreadable.class);
    }
  }

  @Test
  void shouldRefuseAKeyThatIsNotWhole() {
    for (int i = 0; i < KEY.length(); i++) {
      String changed = KEY.substring(0, i) + (char) (KEY.charAt(i) + 1) + KEY.substring(i + 1);
      String cut = KEY.substring(i + 1);
      assertThatThrownBy(() -> VerifierKey.parse(changed))
          .as(changed)
          .isInstanceOf(AuditException.Unreadable.class);
      assertThatThrownBy(() -> VerifierKey.parse(cut))
          .as(cut)
          .isInstanceOf(AuditException.Unreadable.class);
    }
  }
}
