package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.api.FakeRetention;
import vellum.ingest.api.RetentionRig;

/** The commands against a real HTTP server, over a fake of what is behind it. */
final class RetentionCommandsTest {

  private final Terminal terminal = new Terminal();
  private final FakeRetention retention = new FakeRetention();
  @TempDir private Path data;
  private RetentionRig rig;
  private Path policy;

  @BeforeEach
  void start() throws IOException {
    rig = new RetentionRig(data, retention);
    terminal.with("VELLUM_DATA", data.toString());
    policy = Files.writeString(data.resolve("new.yaml"), "format: 1\n");
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private int run(String... words) {
    Object[] all = new Object[words.length + 1];
    all[0] = "retention";
    System.arraycopy(words, 0, all, 1, words.length);
    return terminal.run(all);
  }

  @Test
  void shouldShowTheCalendarWithArchivedMonthsByYear() {
    assertThat(run("status")).isZero();
    assertThat(terminal.out().lines())
        .containsExactly(
            "PERIOD           STAGE          RECORDS    BYTES  IDENTITIES GONE BY    REMOVED BY"
                + "            HOLDS  STATE",
            "2025-03.default  KEY_DESTROYED    1,234  4.8 MiB  2026-04-01T00:00:00Z"
                + "  2026-04-01T00:00:00Z      0  OVERDUE, blocked by DISK_FULL",
            "2025-04.default  LIVE             1,234  4.8 MiB  2026-05-01T00:00:00Z"
                + "  2026-05-01T00:00:00Z      0",
            "2025-04.usage    LIVE             1,234  4.8 MiB  2028-04-01T00:00:00Z"
                + "  2028-04-01T00:00:00Z      0",
            "2025.default     2 months            30    200 B  gone                "
                + "  2036-01-01T00:00:00Z      0");
    assertThat(terminal.err()).contains("clock: TRUSTED").contains("1 period is overdue");
    // when a person looks, then what is overdue is red
    terminal.person().run("retention", "status");
    assertThat(terminal.out()).contains("\u001B[31m2025-03.default").doesNotContain("[31m2025-04");
  }

  @Test
  void shouldShowTheCalendarToPrograms() {
    assertThat(run("status", "--output", "csv")).isZero();
    assertThat(terminal.out().lines()).hasSize(6);
    assertThat(terminal.out().lines().findFirst().orElseThrow())
        .startsWith(
            "period,holding,stage,since,records,bytes,identities_gone_by,removed_by,overdue");
    assertThat(run("status", "--output", "ndjson")).isZero();
    assertThat(terminal.out().lines()).hasSize(5);
    assertThat(run("status", "--output", "json")).isZero();
    assertThat(terminal.out()).contains("\"overdue\" : 1").contains("\"reserved_bytes\" : 1024");
  }

  @Test
  void shouldExplainARecordByPrivacyClassAndByField() {
    String id = FakeRetention.RECORD.toString();
    assertThat(run("explain", id)).isZero();
    assertThat(terminal.out().lines())
        .containsExactly(
            "PRIVACY   RULE                           CLASS    POLICY  FROM                  ZONE"
                + "  ERASED AT             NOW   BLOCKED BY",
            "IDENTITY  identities 12 months           default       3  2025-03-31T00:00:00Z  UTC "
                + "  2026-04-01T00:00:00Z  kept  hold H-1",
            "BILLING   traffic 10 years (unverified)  default       3  END_OF_MONTH          UTC "
                + "  2036-01-01T00:00:00Z  kept");
    assertThat(terminal.err()).contains("2025-03.default is LIVE");
    assertThat(run("explain", id, "--field", "recipient")).isZero();
    assertThat(terminal.out().lines().skip(1))
        .containsExactly(
            "submission.recipient  IDENTITY  goes      identities 12 months  default"
                + "  2026-04-01T00:00:00Z  kept  hold H-1");
    assertThat(run("explain", id, "--field", "nonsense")).isEqualTo(2);
    assertThat(terminal.err()).contains("BAD_FIELD: the schema has no field of this name");
    assertThat(run("explain", id.replace('9', '8'))).isEqualTo(1);
    assertThat(run("explain", "+491701234567")).isEqualTo(2);
    assertThat(terminal.err()).doesNotContain("491701234567");
  }

  @Test
  void shouldPrintThePolicyAndItsVersions() {
    assertThat(run("policy")).isZero();
    assertThat(terminal.out().strip()).isEqualTo("format: 1");
    assertThat(terminal.err()).contains("version 3, in force");
    assertThat(run("policy", "--version", "3", "--output", "json")).isZero();
    assertThat(run("policy", "--version", "9")).isEqualTo(1);
    assertThat(run("policy", "--version", "0")).isEqualTo(2);
  }

  @Test
  void shouldShowADifferenceAndChangeNothingWithoutYes() throws IOException {
    for (String verb : new String[] {"diff", "apply"}) {
      assertThat(run(verb, policy.toString())).isZero();
      assertThat(terminal.out().lines())
          .containsExactly(
              "CLASS    CHANGE   DATA        EARLIER                  LATER                AT ONCE",
              "default  CHANGED  identities  2 months, 3,000 records  -                    1 month",
              "default  CHANGED  rest        -                        1 month, 40 records  -");
      assertThat(terminal.err()).contains("against version 3");
    }
    assertThat(terminal.err()).contains("dry run, nothing was changed");
    assertThat(run("apply", policy.toString(), "--yes")).isEqualTo(2);
    assertThat(retention.done).isEmpty();
    assertThat(run("diff", policy.toString(), "--output", "csv")).isZero();
    assertThat(terminal.out()).contains("default,CHANGED,identities,2,3000,0,0,1");
    Files.writeString(policy, "bad");
    assertThat(run("diff", policy.toString())).isEqualTo(2);
    assertThat(terminal.err()).contains("BAD_POLICY: line 1: classes[0].zone is no zone");
  }

  @Test
  void shouldApplyWithYesAndReasonUnlessTheRulesForbid() throws IOException {
    assertThat(run("apply", policy.toString(), "--yes", "--reason", "law & order of May")).isZero();
    assertThat(retention.done).containsExactly("accept law & order of May");
    assertThat(terminal.err()).contains("version 4, in force").contains("law & order of May");
    Files.writeString(policy, "zone: Mars");
    assertThat(run("apply", policy.toString(), "--yes", "--reason", "x")).isEqualTo(4);
    assertThat(terminal.err()).contains("REFUSED_BY_RETENTION: the zone of a class cannot change");
    assertThat(run("apply", policy.toString(), "--yes", "--reason", "x".repeat(201))).isEqualTo(2);
    assertThat(terminal.err()).contains("BAD_REASON");
  }

  @Test
  void shouldNotApplyADifferenceThatIsStale() throws IOException {
    retention.seen = 2;
    assertThat(run("apply", policy.toString(), "--yes", "--reason", "x")).isEqualTo(4);
    assertThat(terminal.err()).contains("REFUSED_BY_RETENTION: version 3 is in force, not 2");
    assertThat(retention.done).isEmpty();
  }

  @Test
  void shouldGiveCertificatesBySeveralNames() throws IOException {
    assertThat(run("certificate", "2025-03")).isZero();
    assertThat(terminal.out().strip()).startsWith("-----BEGIN CMS").endsWith("END CMS-----");
    run("certificate", "2025-03.b2b", "--output", "json");
    assertThat(terminal.out().strip()).isEqualTo("{\"kind\":\"STRIP\"}");
    run("certificate", "2025");
    run("certificate", "2024-01.usage");
    assertThat(retention.done)
        .containsExactly(
            "certificate 2025-03.default",
            "certificate 2025-03.b2b",
            "certificate 2025-01.default-year",
            "certificate 2024-01.usage");
    assertThat(terminal.err()).contains("no certificate of this period");
    assertThat(run("certificate", "March")).isEqualTo(2);
    Path file = data.resolve("c.pem");
    assertThat(run("certificate", "2025-03", "--file", file.toString())).isZero();
    assertThat(file).hasContent(retention.pem);
    assertThat(run("certificate", "2025-03", "--file", file.toString())).isEqualTo(1);
    assertThat(run("certificates")).isZero();
    assertThat(terminal.out().lines().skip(1))
        .containsExactly(
            "2025-03.default  STRIP  2025-03-01T00:00:00Z  2026-04-01T00:00:05Z     1234");
    assertThat(run("signer")).isZero();
    assertThat(terminal.out()).startsWith("-----BEGIN CERTIFICATE-----");
  }

  @Test
  void shouldConfirmTheClockOnlyWhenMeantAndNeeded() {
    assertThat(run("confirm-clock")).isZero();
    assertThat(terminal.err()).isEmpty();
    assertThat(run("confirm-clock", "--yes", "--reason", "checked")).isEqualTo(4);
    retention.trusted = false;
    assertThat(run("confirm-clock")).isZero();
    assertThat(terminal.out()).contains("LONG_GAP");
    assertThat(terminal.err()).contains("dry run");
    assertThat(run("confirm-clock", "--yes")).isEqualTo(2);
    assertThat(retention.done).isEmpty();
    assertThat(run("confirm-clock", "--yes", "--reason", "checked")).isZero();
    assertThat(retention.done).containsExactly("confirm checked");
  }

  @Test
  void shouldRegisterListAndRewriteBackupsOfKeys() {
    assertThat(
            terminal.run(
                "key",
                "backup",
                "add",
                "vault",
                "--directory",
                "/mnt/v",
                "--key-encryption-file",
                "/k"))
        .isZero();
    assertThat(retention.done).containsExactly("backup vault /mnt/v /k");
    assertThat(
            terminal.run(
                "key",
                "backup",
                "add",
                "V!",
                "--directory",
                "/mnt/v",
                "--key-encryption-file",
                "/k"))
        .isEqualTo(2);
    assertThat(
            terminal.run(
                "key",
                "backup",
                "add",
                "v",
                "--directory",
                "/absent",
                "--key-encryption-file",
                "/k"))
        .isEqualTo(2);
    assertThat(terminal.err()).contains("BAD_BACKUP: the directory cannot be written");
    assertThat(terminal.run("key", "backup", "list")).isZero();
    assertThat(terminal.out().lines().skip(1))
        .containsExactly("vault  /mnt/vault  true     3 keys  2026-04-01T00:00:05Z");
    assertThat(terminal.run("key", "backup", "rewrite")).isZero();
    retention.backupsReached = false;
    assertThat(terminal.run("key", "backup", "rewrite")).isEqualTo(3);
  }

  @Test
  void shouldSayThatAServerHasNoRetention() throws IOException {
    rig.close();
    rig = new RetentionRig(data, null);
    assertThat(run("status")).isEqualTo(1);
    assertThat(terminal.err()).contains("NOT_FOUND");
  }
}
