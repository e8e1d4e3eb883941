package vellum.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

final class AccessCheckTest {

  private static final String REMOTE = "192.0.2.1";

  @TempDir private Path directory;
  private Stores stores;
  private Store control;
  private TokenStore tokens;
  private AccessCheck check;
  private String good;
  private Instant now = Instant.EPOCH;

  @BeforeEach
  void open() {
    stores = new Stores(new RealDisk(), 1 << 20, 1);
    control = stores.openSynced(directory, List.of(TokenStore.TABLE), StoreOptions.control());
    tokens = new TokenStore(control, () -> now, new SecureRandom());
    good =
        tokens
            .create(
                new TokenRequest("t", Set.of(Role.BILLING), AccountScope.EVERY, Instant.MAX), "x")
            .text();
    CertificateNames names =
        new CertificateNames(
            List.of(
                certificate("SMSC-1.example", "smsc-1"),
                certificate("spiffe://x/smsc-1", "smsc-1"),
                certificate("smsc-2.example", "smsc-2")));
    check = new AccessCheck(tokens, names, new FailedAttempts(3, () -> 0));
  }

  private static CertificateName certificate(String san, String name) {
    return new CertificateName(san, name, Set.of(Role.PRODUCER), AccountScope.EVERY);
  }

  @AfterEach
  void close() {
    control.close();
    stores.close();
  }

  private String name(String token, String... sans) {
    AccessCheck.Finding found =
        check.find(new Credentials(token, List.of(sans), Instant.MAX, REMOTE));
    return found instanceof AccessCheck.Known known ? known.who().name() : "nobody";
  }

  @Test
  void shouldKnowATokenOrElseACertificate() {
    assertThat(name(good)).isEqualTo("t");
    assertThat(name("", "smsc-1.EXAMPLE")).isEqualTo("smsc-1");
    assertThat(name("", "unknown.example", "smsc-2.example")).isEqualTo("smsc-2");
    assertThat(name("", "smsc-1.example", "spiffe://x/smsc-1"))
        .as("both say so")
        .isEqualTo("smsc-1");
    assertThat(name(good, "smsc-1.example")).as("the token counts").isEqualTo("t");
  }

  @Test
  void shouldKnowNobodyElse() {
    assertThat(name("", "unknown.example")).isEqualTo("nobody");
    assertThat(name("", "smsc-1.example", "smsc-2.example")).as("two names").isEqualTo("nobody");
    assertThat(name("bad", "smsc-1.example")).as("a bad token").isEqualTo("nobody");
    assertThat(name("")).isEqualTo("nobody");
  }

  @Test
  void shouldLimitFailuresAndNeverWhoIsKnown() {
    for (int i = 0; i < 3; i++) {
      assertThat(check.find(Credentials.ofToken("bad", REMOTE)))
          .isEqualTo(new AccessCheck.Unknown(0));
    }
    AccessCheck.Finding fourth = check.find(Credentials.ofToken("bad", REMOTE));
    assertThat(((AccessCheck.Unknown) fourth).retryAfterMs()).isPositive();
    assertThat(check.find(new Credentials("", List.of(), Instant.MAX, REMOTE)))
        .as("showing nothing is no attempt")
        .isEqualTo(new AccessCheck.Unknown(0));
    assertThat(name(good)).isEqualTo("t");
  }

  @Test
  void shouldTellThatATokenIsTakenBackMeanwhile() {
    AccessCheck.Known known = (AccessCheck.Known) check.find(Credentials.ofToken(good, REMOTE));
    assertThat(known.isGood().getAsBoolean()).isTrue();

    tokens.revoke(1, "x", "y");

    assertThat(known.isGood().getAsBoolean()).isFalse();
  }

  @Test
  void shouldKnowACertificateUntilItsEndOnly() {
    Instant end = now.plusSeconds(60);
    Credentials shown = new Credentials("", List.of("smsc-2.example"), end, REMOTE);
    AccessCheck.Known known = (AccessCheck.Known) check.find(shown);
    assertThat(known.who().expiresAt()).isEqualTo(end);
    assertThat(known.isGood().getAsBoolean()).isTrue();

    now = end;

    assertThat(known.isGood().getAsBoolean()).isFalse();
    assertThat(check.find(shown)).isEqualTo(new AccessCheck.Unknown(0));
  }

  @Test
  void shouldGiveAnAdministratorEveryRole() {
    for (Role role : Role.values()) {
      Principal holder = principal(role);
      for (Role asked : Role.values()) {
        assertThat(holder.hasOneOf(Set.of(asked)))
            .isEqualTo(role == asked || role == Role.ADMINISTRATOR);
      }
      assertThat(Role.of(role.text())).isEqualTo(role);
    }
  }

  private static Principal principal(Role role) {
    return new Principal("x", Set.of(role), AccountScope.EVERY, Instant.MAX, Principal.Proof.TOKEN);
  }
}
