package vellum.core.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.hold.DeskFixture.DORA;
import static vellum.core.hold.DeskFixture.JANE;
import static vellum.core.hold.DeskFixture.NOW;
import static vellum.core.hold.DeskFixture.ROOT;
import static vellum.core.hold.DeskFixture.order;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.access.Role;
import vellum.core.casefile.Asker;
import vellum.core.casefile.CaseId;
import vellum.core.casefile.CaseKind;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.record.IdentityClass;
import vellum.core.seal.HeldScope;
import vellum.v1.Channel;

final class HoldDeskTest {

  private static final Instant LATER = NOW.plus(Duration.ofDays(400));

  @TempDir private Path directory;
  private DeskFixture fixture;

  @BeforeEach
  void open() {
    fixture = new DeskFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void shouldKeepAHoldAcrossARestart() {
    // given
    Hold placed = fixture.desk.place(order(HoldReach.ONGOING, false), JANE);
    Hold extended = fixture.desk.extend(placed.id(), LATER, ROOT, "prolonged by the court");
    // when
    fixture.reopen();
    // then
    Hold found = fixture.desk.find(placed.id(), JANE).orElseThrow();
    assertThat(found).isEqualTo(extended);
    assertThat(found.expiresAt()).isEqualTo(LATER);
    assertThat(found.placedBy()).isEqualTo("jane");
    assertThat(found.last()).isEqualTo(new Hold.Change(NOW, "root", "prolonged by the court"));
    assertThat(found.scope()).isEqualTo(DeskFixture.scope());
    assertThat(found.vault().toString()).matches("2026-11\\.hold-.{8}");
    assertThat(found.vault().toString().toUpperCase(java.util.Locale.ROOT))
        .doesNotContain(found.id().code());
    assertThat(fixture.scopes.active()).hasSize(1);
    assertThat(found.toString()).doesNotContain("49151");
  }

  @Test
  void shouldLetNobodyButItsRoleKnowOfASecretHold() {
    // given
    Hold open = fixture.desk.place(order(HoldReach.ONGOING, false), JANE);
    fixture.now = fixture.now.plusSeconds(1);
    Hold secret = fixture.desk.place(order(HoldReach.ONGOING, true), DORA);
    CaseId unknown = new CaseId(CaseKind.HOLD, "00000000");
    // then
    for (Asker who : List.of(JANE, ROOT)) {
      for (CaseId id : List.of(secret.id(), unknown)) {
        assertThat(fixture.desk.find(id, who)).isEmpty();
        assertThatThrownBy(() -> fixture.desk.extend(id, LATER, who, "why"))
            .isInstanceOf(HoldException.Unknown.class)
            .hasMessage("no such hold");
        assertThatThrownBy(() -> fixture.desk.release(id, who, "why"))
            .isInstanceOf(HoldException.Unknown.class)
            .hasMessage("no such hold");
        assertThatThrownBy(() -> fixture.desk.list(true, who, id, 10))
            .isInstanceOf(HoldException.Unknown.class)
            .hasMessage("no such hold");
      }
      assertThat(fixture.desk.list(true, who, null, 10))
          .extracting(Hold::id)
          .containsExactly(open.id());
      assertThat(fixture.desk.list(true, who, open.id(), 10)).isEmpty();
      assertThat(fixture.desk.vaults(who)).containsExactly(open.vault());
    }
    assertThat(fixture.desk.openCount()).isEqualTo(1);
    assertThat(fixture.desk.list(false, DORA, null, 10))
        .extracting(Hold::id)
        .containsExactly(open.id(), secret.id());
    assertThat(fixture.desk.vaults(DORA)).containsExactlyInAnyOrder(open.vault(), secret.vault());
  }

  @Test
  void shouldTellWhoMayPlaceAndChangeWhat() {
    assertThatThrownBy(() -> fixture.desk.place(order(HoldReach.ONGOING, true), ROOT))
        .isInstanceOf(HoldException.NotAllowed.class);
    assertThatThrownBy(() -> fixture.desk.place(order(HoldReach.ONGOING, true), JANE))
        .isInstanceOf(HoldException.NotAllowed.class);
    assertThatThrownBy(() -> fixture.desk.place(order(HoldReach.ONGOING, false), DORA))
        .isInstanceOf(HoldException.NotAllowed.class);
    Hold open = fixture.desk.place(order(HoldReach.ONGOING, false), JANE);
    assertThatThrownBy(() -> fixture.desk.release(open.id(), DORA, "why"))
        .isInstanceOf(HoldException.NotAllowed.class);
    Asker auditor = new Asker("ann", Set.of(Role.AUDITOR), "token");
    assertThatThrownBy(() -> fixture.desk.release(open.id(), auditor, "why"))
        .isInstanceOf(HoldException.NotAllowed.class);
    assertThat(fixture.desk.find(open.id(), JANE)).contains(open);
  }

  @Test
  void shouldRefuseWhatIsNotAsItMustBe() {
    assertThatThrownBy(() -> with("", "StA 1", "why"))
        .isInstanceOf(HoldException.Bad.class)
        .hasMessageContaining("legal_basis");
    assertThatThrownBy(() -> with("x".repeat(501), "StA 1", "why"))
        .isInstanceOf(HoldException.Bad.class);
    assertThatThrownBy(() -> with("law", "a\nb", "why"))
        .isInstanceOf(HoldException.Bad.class)
        .hasMessageContaining("reference");
    assertThatThrownBy(() -> with("law", "", " "))
        .isInstanceOf(HoldException.Bad.class)
        .hasMessageContaining("reason");
    assertThatThrownBy(() -> with("law", "", "calls of " + DeskFixture.NUMBER))
        .isInstanceOf(HoldException.Bad.class)
        .hasMessageNotContaining("49151");
    for (Instant expiry :
        List.of(NOW, NOW.minusSeconds(1), NOW.plus(HoldDesk.LONGEST).plusSeconds(1))) {
      HoldOrder bad = until(expiry, Optional.empty());
      assertThatThrownBy(() -> fixture.desk.place(bad, JANE))
          .isInstanceOf(HoldException.BadExpiry.class);
    }
    HoldOrder before = until(NOW.plusSeconds(5), Optional.of(NOW.plusSeconds(10)));
    assertThatThrownBy(() -> fixture.desk.place(before, JANE))
        .isInstanceOf(HoldException.BadExpiry.class);
    HoldOrder usage =
        new HoldOrder(
            HoldType.DISPUTE,
            HoldReach.HISTORIC,
            new CaseScope(
                List.of(CaseSubject.of(CaseSubject.Kind.PLATFORM_IP, "192.0.2.1")),
                java.util.Collections.emptySortedSet(),
                NOW,
                LATER,
                Set.of()),
            "law",
            "",
            Optional.empty(),
            LATER,
            false,
            "why");
    assertThatThrownBy(() -> fixture.desk.place(usage, JANE))
        .isInstanceOf(HoldException.Bad.class)
        .hasMessageContaining("platform_ip");
    assertThat(fixture.desk.list(true, DORA, null, 10)).isEmpty();
    assertThat(fixture.keys.alive()).isEmpty();
  }

  private static HoldOrder with(String basis, String reference, String reason) {
    return new HoldOrder(
        HoldType.DISPUTE,
        HoldReach.HISTORIC,
        DeskFixture.scope(),
        basis,
        reference,
        Optional.empty(),
        LATER,
        false,
        reason);
  }

  private static HoldOrder until(Instant expiry, Optional<Instant> start) {
    return new HoldOrder(
        HoldType.DISPUTE,
        HoldReach.HISTORIC,
        DeskFixture.scope(),
        "law",
        "",
        start,
        expiry,
        false,
        "why");
  }

  @Test
  void shouldTakeNothingMoreOnceItIsReleased() {
    Hold placed = fixture.desk.place(order(HoldReach.ONGOING, true), DORA);
    long before = fixture.scopes.revision();
    Hold released = fixture.desk.release(placed.id(), DORA, "case is closed");
    assertThat(released.state()).isEqualTo(HoldState.RELEASING);
    assertThat(fixture.scopes.active()).isEmpty();
    assertThat(fixture.scopes.revision()).isGreaterThan(before);
    assertThat(fixture.desk.vaults(DORA)).isEmpty();
    assertThatThrownBy(() -> fixture.desk.release(placed.id(), DORA, "again"))
        .isInstanceOf(HoldException.Over.class);
    assertThatThrownBy(() -> fixture.desk.extend(placed.id(), LATER, DORA, "again"))
        .isInstanceOf(HoldException.Over.class);
  }

  @Test
  void shouldHaveOnlyOngoingHoldsTakeWhatComesLate() {
    fixture.desk.place(order(HoldReach.HISTORIC, false), JANE);
    assertThat(fixture.scopes.active()).isEmpty();
    Hold ongoing = fixture.desk.place(order(HoldReach.ONGOING, false), JANE);
    assertThat(fixture.scopes.active())
        .extracting(HeldScope::vault)
        .containsExactly(ongoing.vault());
  }

  @Test
  void shouldMatchWhatTheScopeNames() {
    byte[] number = DeskFixture.NUMBER.substring(1).getBytes(StandardCharsets.US_ASCII);
    HeldScope scope =
        new VaultScope(
            fixture.desk.place(order(HoldReach.ONGOING, false), JANE).vault(),
            new CaseScope(
                List.of(
                    CaseSubject.of(CaseSubject.Kind.NUMBER, DeskFixture.NUMBER),
                    CaseSubject.of(CaseSubject.Kind.SENDER_ID, "ACME"),
                    CaseSubject.of(
                        CaseSubject.Kind.RECORD_ID, "0193514e-0000-7000-8000-000000000000")),
                new java.util.TreeSet<>(Set.of("acme")),
                NOW,
                NOW.plusSeconds(10),
                Set.of(Channel.SMS)));
    long from = NOW.toEpochMilli() * 1000;
    assertThat(scope.mayMatch("acme", Channel.SMS_VALUE, from)).isTrue();
    assertThat(scope.mayMatch("acme", Channel.SMS_VALUE, from - 1)).isFalse();
    assertThat(scope.mayMatch("acme", Channel.SMS_VALUE, from + 9_999_999)).isTrue();
    assertThat(scope.mayMatch("acme", Channel.SMS_VALUE, from + 10_000_000)).isFalse();
    assertThat(scope.mayMatch("acme", Channel.VOICE_VALUE, from)).isFalse();
    assertThat(scope.mayMatch("other", Channel.SMS_VALUE, from)).isFalse();
    assertThat(scope.needsIdentity()).isTrue();
    assertThat(scope.matches(IdentityClass.TEL, number, 0, number.length)).isTrue();
    assertThat(scope.matches(IdentityClass.OTHER, number, 0, number.length)).isFalse();
    assertThat(scope.matches(IdentityClass.TEL, number, 0, number.length - 1)).isFalse();
    byte[] padded = ("xx" + DeskFixture.NUMBER.substring(1)).getBytes(StandardCharsets.US_ASCII);
    assertThat(scope.matches(IdentityClass.TEL, padded, 2, number.length)).isTrue();
    assertThat(scope.matches(IdentityClass.OTHER, "ACME".getBytes(StandardCharsets.US_ASCII), 0, 4))
        .isTrue();
    assertThat(scope.matchesId(0x0193514e00007000L, 0x8000000000000000L)).isTrue();
    assertThat(scope.matchesId(0x0193514e00007000L, 0x8000000000000001L)).isFalse();
    assertThat(new VaultScope(scope.vault(), DeskFixture.accounts("acme")).needsIdentity())
        .isFalse();
  }

  @Test
  void shouldLeaveNothingReadableOfAHoldOnTheDisk() throws IOException {
    fixture.desk.place(order(HoldReach.ONGOING, true), DORA);
    fixture.control.flushAll();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .doesNotContain("4915112345678")
            .doesNotContain("4711")
            .doesNotContain("preservation");
      }
    }
  }

  @Test
  void shouldNotTellBySecretHoldsThatThereAreTooMany() {
    for (int i = 0; i < HoldDesk.MOST_OPEN; i++) {
      fixture.desk.place(order(HoldReach.HISTORIC, true), DORA);
    }
    assertThatThrownBy(() -> fixture.desk.place(order(HoldReach.HISTORIC, true), DORA))
        .isInstanceOf(HoldException.TooMany.class);
    assertThat(fixture.desk.place(order(HoldReach.HISTORIC, false), JANE).secret()).isFalse();
  }
}
