package vellum.ingest.server;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vellum.core.access.Credentials;
import vellum.core.access.Principal;
import vellum.core.seal.SealEpochs;
import vellum.ingest.tls.ServerTls;
import vellum.v1.AckMode;
import vellum.v1.DetailRecord;

/** A server on a free port with a journal that outlives it: for the tests of server and client. */
public final class Rig implements AutoCloseable {

  final SealEpochs epochs = new SealEpochs();

  public static final String TOKEN = "good";

  public final FakeJournal journal;
  public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  public final AtomicBoolean throttled = new AtomicBoolean();
  public volatile Instant now = Instant.parse("2026-11-21T00:00:00Z");
  public volatile Instant expiry = Instant.MAX;
  public volatile String incarnation = "one";
  final AtomicBoolean stands = new AtomicBoolean(true);

  /** Addresses that showed credentials. */
  final Set<String> remotes = ConcurrentHashMap.newKeySet();

  private final Supplier<RecordSealer> sealers;
  private final @Nullable ServerTls tls;
  private ServerConfig config;
  private IngestServer server;

  public Rig(ServerConfig config) {
    this(config, new FakeJournal(), FakeSealer::new);
  }

  public Rig(ServerConfig config, FakeJournal journal, Supplier<RecordSealer> sealers) {
    this(config, journal, sealers, null);
  }

  /** With TLS. */
  public Rig(ServerConfig config, ServerTls tls) {
    this(config, new FakeJournal(), FakeSealer::new, tls);
  }

  private Rig(
      ServerConfig config,
      FakeJournal journal,
      Supplier<RecordSealer> sealers,
      @Nullable ServerTls tls) {
    this.tls = tls;
    this.config = config.at("127.0.0.1", 0);
    this.journal = journal;
    this.sealers = sealers;
    start();
  }

  public static ServerConfig quick() {
    return new ServerConfig(
        "127.0.0.1",
        0,
        2,
        64 * 1024,
        1_000,
        4,
        16,
        300,
        300,
        400,
        200,
        2_000,
        20,
        64 * 1024,
        4 * 1024,
        16 * 1024);
  }

  public void start() {
    InstantSource clock = () -> now;
    server =
        IngestServer.start(
            config,
            new ServerPorts(
                new Taking(
                    journal,
                    sealers,
                    epochs,
                    this::authenticate,
                    throttled::get,
                    incarnation,
                    AckMode.DISK),
                clock,
                meters,
                Rig::thread,
                tls));
    config = config.at("127.0.0.1", server.address().getPort());
  }

  private Authenticator.Decision authenticate(String producer, Credentials credentials) {
    remotes.add(credentials.remote());
    return credentials.token().equals(TOKEN)
        ? new Grant(
            account -> !account.equals("forbidden"), expiry, Principal.Proof.TOKEN, stands::get)
        : new Authenticator.Refused("unknown token", 0);
  }

  public void stop() {
    server.close();
  }

  public int port() {
    return config.port();
  }

  public double count(String name) {
    return meters.find("vellum.ingest." + name).counter().count();
  }

  public static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "rig");
    thread.setDaemon(true);
    return thread;
  }

  public static DetailRecord record(long number) {
    return DetailRecord.newBuilder().setRecordId(Long.toString(number)).setAccount("acme").build();
  }

  /** Polls until something holds, for at most ten seconds. */
  public static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not in ten seconds: " + what);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    server.close();
    journal.close();
  }
}
