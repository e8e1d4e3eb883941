package vellum.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.access.AccessCheck;
import vellum.core.access.CertificateNames;
import vellum.core.access.FailedAttempts;
import vellum.core.access.Role;
import vellum.core.access.TokenStore;
import vellum.core.disk.RealDisk;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.ingest.node.NodeFixture;

/** What the guard does with routes that nobody registered with their roles. */
final class GuardTest {

  private static final String TOKEN = "administrators-token";

  @TempDir private Path directory;
  private Stores stores;
  private Store control;
  private Server server;

  @BeforeEach
  void start() {
    stores = new Stores(new RealDisk(), 1 << 20, 1);
    control = stores.openSynced(directory, List.of(TokenStore.TABLE), StoreOptions.control());
    TokenStore tokens = new TokenStore(control, () -> Instant.EPOCH, new SecureRandom());
    tokens.keepFirst(TOKEN);
    AccessCheck check =
        new AccessCheck(tokens, CertificateNames.NONE, new FailedAttempts(5, () -> 0));
    ServerBuilder builder =
        Server.builder()
            .http(new InetSocketAddress("127.0.0.1", 0))
            .errorHandler(new ProblemErrors())
            .decorator(new Guard(check));
    new RouteTable(builder, null)
        .get("/guarded", Access.of(Role.BILLING))
        .answers((context, request) -> Json.object().put("name", Caller.name(context)));
    builder.service("/beside", (context, request) -> HttpResponse.of("secret"));
    server = builder.build();
    server.start().join();
  }

  @AfterEach
  void stop() {
    server.stop().join();
    control.close();
    stores.close();
  }

  private java.net.http.HttpResponse<String> get(String token, String path) throws Exception {
    return NodeFixture.call(server.activePort().localAddress(), token, "GET", path, "");
  }

  @Test
  void shouldTellTheHandlerWhoAsks() throws Exception {
    assertThat(get(TOKEN, "/guarded").body()).isEqualTo("{\"name\":\"administrator\"}");
    assertThat(get("", "/guarded").statusCode()).isEqualTo(401);
  }

  @Test
  void shouldRefuseARouteWithoutRolesToEverybody() throws Exception {
    assertThat(get("", "/beside").statusCode()).isEqualTo(401);
    java.net.http.HttpResponse<String> answer = get(TOKEN, "/beside");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(new JsonMapper().readTree(answer.body()).get("code").textValue())
        .isEqualTo("FORBIDDEN");
    assertThat(get(TOKEN, "/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldHaveNoAccessWithoutRoles() {
    assertThatThrownBy(() -> new Access(Set.of(), false, Access.Naming.NOWHERE, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Access(Set.of(Role.BILLING), true, Access.Naming.NOWHERE, false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
