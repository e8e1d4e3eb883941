package vellum.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.access.AccessCheck;
import vellum.core.access.CertificateNames;
import vellum.core.access.FailedAttempts;
import vellum.core.access.Role;
import vellum.core.access.TokenStore;
import vellum.core.audit.Audit;
import vellum.core.audit.AuditEvent;
import vellum.core.audit.AuditException;
import vellum.core.crypto.FileKeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.RealDisk;
import vellum.core.record.MonthId;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

/** Changes under idempotency keys whose entries in the audit trail cannot all be written. */
final class AuditedWritesTest {

  private static final String TOKEN = "administrators-token";
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));

  @TempDir private static Path directory;
  private static final AtomicInteger entries = new AtomicInteger();
  private static final AtomicInteger changes = new AtomicInteger();

  /** Number of the entry that is not written, from 1. */
  private static volatile int unwritten;

  private static Stores stores;
  private static Store control;
  private static Server server;

  @BeforeAll
  static void start() throws IOException {
    stores = new Stores(new RealDisk(), 1 << 20, 1);
    control =
        stores.openSynced(
            directory.resolve("control"),
            List.of(TokenStore.TABLE, KeptAnswers.TABLE),
            StoreOptions.control());
    TokenStore tokens = new TokenStore(control, CLOCK, new SecureRandom());
    tokens.keepFirst(TOKEN);
    Audit audit =
        content -> {
          if (entries.incrementAndGet() == unwritten) {
            throw new AuditException.Unavailable(new IOException("no space"));
          }
          return entries.get();
        };
    ServerBuilder builder =
        Server.builder()
            .http(new InetSocketAddress("127.0.0.1", 0))
            .errorHandler(new ProblemErrors())
            .decorator(Audited.by(audit))
            .decorator(
                new Guard(
                    new AccessCheck(
                        tokens, CertificateNames.NONE, new FailedAttempts(5, () -> 0))));
    RouteTable routes = new RouteTable(builder, idempotency());
    routes.post("/change", Access.of(Role.BILLING)).kept().answers(AuditedWritesTest::change);
    routes.post("/fail", Access.of(Role.BILLING)).answers(AuditedWritesTest::fail);
    server = builder.build();
    server.start().join();
  }

  @BeforeEach
  void begin() {
    entries.set(0);
    changes.set(0);
  }

  private static Idempotency idempotency() throws IOException {
    SecureRandom random = new SecureRandom();
    KeyRing keys =
        KeyRing.open(
            Files.createDirectories(directory.resolve("keys")),
            List.of(FileKeyEncryption.open(directory.resolve("kek"), new RealDisk(), random)),
            new RealDisk(),
            random,
            CLOCK);
    return new Idempotency(
        new KeptAnswers(control, CLOCK),
        year ->
            keys.key(new MonthId(YearMonth.of(year, 1), MonthId.DEFAULT_CLASS).year())
                .newRequestMac(),
        CLOCK);
  }

  @AfterAll
  static void stop() {
    server.stop().join();
    control.close();
    stores.close();
  }

  private static JsonNode change(ServiceRequestContext context, AggregatedHttpRequest request) {
    Audited audited = Audited.of(context);
    return audited.change(
        audited.draft(AuditEvent.ACCOUNTS_CHANGED),
        () -> Json.object().put("changes", changes.incrementAndGet()));
  }

  private static JsonNode fail(ServiceRequestContext context, AggregatedHttpRequest request) {
    Audited audited = Audited.of(context);
    try {
      return audited.change(
          audited.draft(AuditEvent.ACCOUNTS_CHANGED),
          () -> {
            throw new IllegalStateException("the first failure");
          });
    } catch (AuditException e) {
      return Json.object().put("first", e.getSuppressed()[0].getMessage());
    }
  }

  private static JsonNode post(String path, String key) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.activeLocalPort() + path))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    return new JsonMapper().readTree(answer.body());
  }

  @Test
  void shouldNotDoAgainWhatWasDoneWithoutAnEntryAboutItsEnd() throws Exception {
    // given
    unwritten = 2;
    assertThat(post("/change", "done").path("code").asText()).isEqualTo("AUDIT_UNAVAILABLE");
    assertThat(changes).hasValue(1);

    // when
    JsonNode again = post("/change", "done");

    // then
    assertThat(again.path("code").asText()).isEqualTo("IDEMPOTENCY_UNFINISHED");
    assertThat(again.path("detail").asText()).contains("see whether it was done");
    assertThat(changes).hasValue(1);
  }

  @Test
  void shouldDoAgainWhatWasNotBegun() throws Exception {
    unwritten = 1;
    assertThat(post("/change", "not-begun").path("code").asText()).isEqualTo("AUDIT_UNAVAILABLE");
    assertThat(changes).hasValue(0);

    assertThat(post("/change", "not-begun").path("changes").asInt()).isEqualTo(1);
    assertThat(post("/change", "not-begun").path("changes").asInt()).as("as before").isEqualTo(1);
    assertThat(changes).hasValue(1);
  }

  @Test
  void shouldKeepWhatFailedFirstBesideTheTrailsFailure() throws Exception {
    unwritten = 2;

    assertThat(post("/fail", "failed").path("first").asText()).isEqualTo("the first failure");
  }
}
