package vellum.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

final class TokenStoreTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir private Path directory;
  private Stores stores;
  private Store control;
  private Instant now = NOW;
  private TokenStore tokens;

  @BeforeEach
  void open() {
    stores = new Stores(new RealDisk(), 1 << 20, 1);
    control =
        stores.openSynced(
            directory.resolve("control"), List.of(TokenStore.TABLE), StoreOptions.control());
    tokens = new TokenStore(control, () -> now, new SecureRandom());
  }

  @AfterEach
  void close() {
    control.close();
    stores.close();
  }

  private void reopen() {
    close();
    open();
  }

  private static TokenRequest request(String name, Role role, Instant expiry) {
    return new TokenRequest(name, Set.of(role), AccountScope.EVERY, expiry);
  }

  @Test
  void shouldKnowATokenAndWhatItMayDoAlsoAfterARestart() {
    // given
    TokenRequest asked =
        new TokenRequest(
            "smsc-1",
            EnumSet.of(Role.PRODUCER, Role.BILLING),
            new AccountScope(Set.of("acme", "zeta")),
            NOW.plusSeconds(60));
    String text = tokens.create(asked, "administrator").text();

    // when
    reopen();

    // then
    Principal who = tokens.find(text).orElseThrow().who();
    assertThat(who.name()).isEqualTo("smsc-1");
    assertThat(who.roles()).containsExactlyInAnyOrder(Role.PRODUCER, Role.BILLING);
    assertThat(who.accounts().has("acme")).isTrue();
    assertThat(who.accounts().has("other")).isFalse();
    assertThat(who.expiresAt()).isEqualTo(NOW.plusSeconds(60));
    assertThat(who.proof()).isEqualTo(Principal.Proof.TOKEN);
    Token listed = tokens.all().get(0);
    assertThat(listed.number()).isEqualTo(1);
    assertThat(listed.createdAt()).isEqualTo(NOW);
    assertThat(listed.createdBy()).isEqualTo("administrator");
  }

  @Test
  void shouldMakeLongTokensThatShowWhatTheyAre() {
    String one = tokens.create(request("a", Role.BILLING, Instant.MAX), "x").text();
    String other = tokens.create(request("a", Role.BILLING, Instant.MAX), "x").text();

    assertThat(one).matches("vellum_[A-Za-z0-9_-]{43}").isNotEqualTo(other);
    assertThat(tokens.find(one)).isPresent();
    assertThat(tokens.find(other)).isPresent();
    for (String bad :
        List.of("", "x", one + "x", one.substring(1), one.substring(0, one.length() - 1) + "!")) {
      assertThat(tokens.find(bad)).as(bad).isEmpty();
    }
  }

  @Test
  void shouldNotKeepATokenAnywhere() throws IOException {
    // given
    TokenStore.Made made = tokens.create(request("a", Role.BILLING, Instant.MAX), "x");
    String secret = made.text().substring(TokenText.PREFIX.length());
    assertThat(made.toString()).doesNotContain(secret);
    assertThat(tokens.all().toString()).doesNotContain(secret);
    assertThat(Credentials.ofToken(made.text(), "127.0.0.1").toString()).doesNotContain(secret);

    // when
    control.flushAll();

    // then
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).hasSizeGreaterThan(2);
      for (Path file : all) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes).as(file.toString()).doesNotContain(secret);
      }
    }
  }

  @Test
  void shouldEndATokenAtItsExpiry() {
    TokenStore.Made made = tokens.create(request("a", Role.BILLING, NOW.plusSeconds(10)), "x");

    now = NOW.plusSeconds(10).minusNanos(1);
    assertThat(tokens.find(made.text())).isPresent();
    assertThat(tokens.isGood(1)).isTrue();
    now = NOW.plusSeconds(10);
    assertThat(tokens.find(made.text())).isEmpty();
    assertThat(tokens.isGood(1)).isFalse();
    assertThat(tokens.hasGood()).isFalse();
    assertThat(tokens.all().get(0).state(now)).isEqualTo(Token.State.EXPIRED);
    assertThatThrownBy(() -> tokens.create(request("b", Role.BILLING, now), "x"))
        .isInstanceOf(AccessException.Invalid.class);
  }

  @Test
  void shouldRevokeATokenForGoodAndSayWhy() {
    // given
    String text = tokens.create(request("a", Role.BILLING, Instant.MAX), "x").text();

    // when
    now = NOW.plusSeconds(5);
    tokens.revoke(1, "boss", "lost");

    // then
    assertThat(tokens.find(text)).isEmpty();
    assertThat(tokens.isGood(1)).isFalse();
    reopen();
    assertThat(tokens.find(text)).isEmpty();
    assertThat(tokens.all().get(0).revocation())
        .isEqualTo(new Token.Revocation(NOW.plusSeconds(5), "boss", "lost"));
    assertThatThrownBy(() -> tokens.revoke(1, "boss", "again"))
        .isInstanceOf(AccessException.AlreadyOver.class);
    assertThatThrownBy(() -> tokens.revoke(2, "boss", "none"))
        .isInstanceOf(AccessException.NoSuchToken.class);
  }

  @Test
  void shouldNotRevokeTheLastThatCanMakeOthers() {
    tokens.keepFirst("first");
    tokens.create(request("later", Role.ADMINISTRATOR, NOW.plusSeconds(60)), "x");

    assertThatThrownBy(() -> tokens.revoke(1, "x", "y"))
        .isInstanceOf(AccessException.LastAdministrator.class);
    assertThatThrownBy(() -> tokens.wouldRevoke(1))
        .isInstanceOf(AccessException.LastAdministrator.class);
    tokens.revoke(2, "x", "y");
    tokens.create(request("other", Role.ADMINISTRATOR, Instant.MAX), "x");
    tokens.revoke(1, "x", "y");
    assertThat(tokens.find("first")).isEmpty();
  }

  @Test
  void shouldKeepTheTokenOfTheDataDirectoryOnce() {
    // given
    tokens.keepFirst("first");
    tokens.keepFirst("first");

    // then
    assertThat(tokens.all()).hasSize(1);
    Principal who = tokens.find("first").orElseThrow().who();
    assertThat(who.name()).isEqualTo(TokenStore.FIRST);
    assertThat(who.roles()).containsExactly(Role.ADMINISTRATOR);

    // when another one lies there
    tokens.keepFirst("second");

    // then the former is revoked
    assertThat(tokens.find("first")).isEmpty();
    assertThat(tokens.find("second")).isPresent();
  }

  @Test
  void shouldNotBringBackARevokedTokenOfTheDataDirectory() {
    // given
    tokens.keepFirst("first");
    tokens.create(request("other", Role.ADMINISTRATOR, Instant.MAX), "x");
    tokens.revoke(1, "x", "leaked");

    // when years later, with the file still there
    now = NOW.plus(Duration.ofDays(800));
    tokens.create(request("more", Role.BILLING, Instant.MAX), "x");
    reopen();
    tokens.keepFirst("first");

    // then
    assertThat(tokens.find("first")).isEmpty();
  }

  @Test
  void shouldForgetWhatEndedAYearAgoAndGiveNoNumberTwice() {
    tokens.create(request("a", Role.BILLING, NOW.plusSeconds(1)), "x");
    tokens.create(request("b", Role.BILLING, NOW.plusSeconds(1)), "x");

    now = NOW.plus(Duration.ofDays(367));
    reopen();
    tokens.create(request("c", Role.BILLING, Instant.MAX), "x");

    assertThat(tokens.all()).extracting(Token::number).containsExactly(2L, 3L);
    reopen();
    assertThat(tokens.all()).extracting(Token::number).containsExactly(2L, 3L);
  }

  @Test
  void shouldRefuseNamesAndRolesThatCannotBe() {
    for (String name :
        List.of(
            "", " ", "a b", "jane@acme.example", "+491701234567", "491701234567", "x".repeat(65))) {
      assertThatThrownBy(() -> request(name, Role.BILLING, Instant.MAX))
          .as(name)
          .isInstanceOf(AccessException.Invalid.class)
          .message()
          .doesNotContain("491701234567")
          .doesNotContain("jane");
    }
    assertThatThrownBy(() -> new TokenRequest("a", Set.of(), AccountScope.EVERY, Instant.MAX))
        .isInstanceOf(AccessException.Invalid.class);
    AccountScope acme = new AccountScope(Set.of("acme"));
    assertThatThrownBy(() -> new TokenRequest("a", Set.of(Role.ADMINISTRATOR), acme, Instant.MAX))
        .isInstanceOf(AccessException.Invalid.class);
  }
}
