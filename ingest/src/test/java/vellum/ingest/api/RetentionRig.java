package vellum.ingest.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import vellum.core.access.AccessCheck;
import vellum.core.access.CertificateNames;
import vellum.core.access.FailedAttempts;
import vellum.core.access.RateLimit;
import vellum.core.access.TokenStore;
import vellum.core.audit.AuditConfig;
import vellum.core.audit.Checkpoints;
import vellum.core.audit.Trail;
import vellum.core.crypto.FileKeyEncryption;
import vellum.core.crypto.KeyEncryption;
import vellum.core.crypto.NoteKey;
import vellum.core.disk.RealDisk;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.core.store.Table;

/** A real HTTP server over a port for retention, and nothing behind the other ports. */
public final class RetentionRig implements AutoCloseable {

  private static final String TOKEN = "secret-token";

  private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(1);
  private final Stores stores;
  private final Store control;
  private final ApiServer server;

  /** Listens, and leaves endpoint and token in a data directory. */
  public RetentionRig(Path data, RetentionPort port) throws IOException {
    Files.createDirectories(data);
    this.stores = new Stores(new RealDisk(), 1 << 20, 1);
    this.control = stores.openSynced(data.resolve("control"), tables(), StoreOptions.control());
    TokenStore tokens = new TokenStore(control, InstantSource.system(), new SecureRandom());
    tokens.keepFirst(TOKEN);
    // What is null is never asked: no test here looks up a record or an account.
    this.server =
        ApiServer.start(
            ApiConfig.defaults().at(0),
            new ApiPorts(
                new AccessPorts(
                    new AccessCheck(
                        tokens, CertificateNames.NONE, new FailedAttempts(10, System::nanoTime)),
                    tokens,
                    new RateLimit(120, System::nanoTime),
                    System::nanoTime),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                () -> 0,
                () -> 0,
                HealthPorts.of(() -> null, List::of),
                port,
                null,
                BillingPorts.NONE,
                audit(data),
                null,
                null,
                workers,
                work -> new Thread(work, "test-http"),
                null));
    String address = "127.0.0.1:" + server.address().getPort();
    Files.writeString(data.resolve("token"), TOKEN);
    Files.writeString(
        data.resolve("endpoint.json"),
        "{\"http\":\"%s\",\"tcp\":\"%s\",\"pid\":1}".formatted(address, address));
  }

  private static List<Table> tables() {
    List<Table> tables = new ArrayList<>(Trail.tables());
    tables.add(TokenStore.TABLE);
    return tables;
  }

  private AuditPorts audit(Path data) throws IOException {
    SecureRandom random = new SecureRandom();
    Path keys = Files.createDirectories(data.resolve("keys"));
    KeyEncryption kek = FileKeyEncryption.open(data.resolve("kek"), new RealDisk(), random);
    NoteKey key = NoteKey.open(keys, List.of(kek), new RealDisk(), random);
    Trail trail = Trail.open(control, InstantSource.system());
    return new AuditPorts(
        trail,
        Checkpoints.open(
            control, trail, key, AuditConfig.defaults(), System::nanoTime, "test/audit"));
  }

  @Override
  public void close() {
    server.close();
    workers.shutdownNow();
    control.close();
    stores.close();
  }
}
