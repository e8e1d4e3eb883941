package vellum.ingest.node;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.crypto.KeyRing;
import vellum.core.journal.JournalConfig;
import vellum.core.log.Event;
import vellum.core.period.ContentFinder;
import vellum.core.period.RecordFinder;
import vellum.core.period.UsageFinder;
import vellum.core.record.MonthCalendar;
import vellum.core.retention.MachineClocks;
import vellum.ingest.api.ApiPorts;
import vellum.ingest.api.ApiServer;
import vellum.ingest.api.HealthPorts;
import vellum.ingest.api.Status;
import vellum.ingest.server.IngestServer;
import vellum.ingest.server.RecordSealer;
import vellum.ingest.server.ServerPorts;
import vellum.ingest.server.Taking;
import vellum.ingest.tls.ServerTls;
import vellum.v1.AckMode;

/**
 * A running node: a data directory that is open, the threads that work on it, and the two servers
 * in front. Thread-safe.
 */
public final class Node implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private final Closers closers;
  private final Health health;
  private final LiveConfig live;
  private final StopClock stop;
  private final StopHook hook;
  private final IngestServer ingest;
  final ApiServer api;
  private final Doors doors;
  private final StatusReader status;
  private final @Nullable ServerTls tls;
  private final Listening listening;
  private final PrometheusMeterRegistry meters;
  final Vault vault;
  private final Object closing = new Object();
  private boolean closed;

  private Node(Ground ground, KeyParts keys, Listening listening) {
    closers = ground.closers();
    live = ground.live();
    tls = ground.tls();
    doors = ground.doors();
    this.listening = listening;
    meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    NodeConfig config = live.now();
    Supplier<Duration> within = () -> live.now().node().stopWithin();
    stop = new StopClock(within, System::nanoTime);
    hook = new StopHook(this::close, within, Runtime.getRuntime()::halt);
    Vault.Machine machine = ground.machine();
    vault = Vault.open(ground, keys);
    Keeping keeping = new Keeping(config, vault, machine);
    health = new Health(vault.journal(), () -> live.now().node().throttleBytes());
    Cases cases = Cases.open(vault, machine);
    Sealing sealing =
        new Sealing(
            vault,
            keeping,
            cases.scopes(),
            ground.suspense(),
            machine.clock(),
            health::isThrottled);
    Lawful.Parts lawful =
        new Lawful.Parts(config, vault, keeping, cases, sealing, machine, System::nanoTime);
    Engine engine =
        Engine.start(config, new Engine.Parts(vault, keeping, lawful, health, stop), closers);
    Working working = new Working(vault, keeping, engine, sealing);
    StatusReader.Surroundings around = ground.around();
    status = new StatusReader(vault, engine, health, meters, around);
    engine.lawful().measure(meters);
    Metering.start(meters, working, health, around, tls, closers);
    api = closers.own("the HTTP server", serveHttp(working, machine));
    // Behind the HTTP server, so that it is closed before it: probes see that a stop is under way.
    ingest = closers.own("the streaming server", serveStreams(keeping, sealing, machine));
    closers.then("the endpoint file", ground.files()::withdraw);
    ground
        .files()
        .announce(api.address(), ingest.address(), status.startedAt(), config.tls().certificate());
    health.started();
  }

  /**
   * Checks the machine, opens the data directory, recovers what a crash left, and listens. Where
   * the keys need a secret, settings must name its file: {@link NodeStart} waits for it instead.
   *
   * @param clock of the records' times; the system's outside of tests. Over a restart erasing
   *     checks it against the machine's uptime
   * @throws NodeException.CannotListen naming the address and the settings of it
   * @throws NodeException.Damaged naming the directory of a month that cannot be opened
   * @throws NodeException.NotFit naming everything that is missing
   * @throws vellum.core.journal.JournalException.Locked when another process has the directory
   */
  public static Node open(NodeConfig config, InstantSource clock) {
    return open(config, new MachineClocks(clock, System::nanoTime, BootClock.ofThisMachine()));
  }

  /**
   * The same with a monotonic clock of one's own, and without the machine's uptime: erasing takes
   * the stop before this start for one that nobody measured.
   *
   * @param nanos what erasing checks the clock against: where time is moved, both move
   */
  public static Node open(NodeConfig config, InstantSource clock, LongSupplier nanos) {
    return open(config, new MachineClocks(clock, nanos, Optional::empty));
  }

  private static Node open(NodeConfig config, MachineClocks clocks) {
    long beginNanos = System.nanoTime();
    Ground ground = Ground.open(config, clocks, () -> {});
    try {
      KeyParts keys = KeyParts.open(ground);
      ground.closers().own("the key-encryption key", keys.provider());
      return open(ground, keys, Listening.of(config), beginNanos);
    } catch (RuntimeException e) {
      // A second close finds nothing.
      throw ground.closers().closeAfter(e);
    }
  }

  /**
   * Opens what is behind the keys; when that fails, everything is closed.
   *
   * @param beginNanos since when it is being opened
   */
  static Node open(Ground ground, KeyParts keys, Listening listening, long beginNanos) {
    try {
      Node node = new Node(ground, keys, listening);
      LOG.info(
          Event.NODE_READY.code(),
          "ready after {} ms: streaming at {}, HTTP at {}, data in {}",
          (System.nanoTime() - beginNanos) / 1_000_000,
          node.tcpAddress(),
          node.httpAddress(),
          ground.config().node().data().toAbsolutePath());
      return node;
    } catch (RuntimeException e) {
      throw ground.closers().closeAfter(NodeException.CannotListen.named(e));
    }
  }

  private IngestServer serveStreams(Keeping keeping, Sealing sealing, Vault.Machine machine) {
    boolean isDisk = live.now().journal().ack() == JournalConfig.Ack.DISK;
    return IngestServer.start(
        () -> listening.at(live.now().ingest()),
        new ServerPorts(
            new Taking(
                vault.journal(),
                () -> RecordSealer.of(sealing.newSealer()),
                keeping.epochs(),
                doors,
                health::isThrottled,
                vault.incarnation(),
                isDisk ? AckMode.DISK : AckMode.MEMORY),
            machine.clock(),
            meters,
            NodeThreads.numbered("vellum-ingest"),
            tls));
  }

  private ApiServer serveHttp(Working working, Vault.Machine machine) {
    Engine engine = working.engine();
    MonthCalendar calendar = vault.policy().calendar();
    KeyRing keys = vault.keys().ring();
    RecordFinder finder = new RecordFinder(vault.months(), calendar, keys);
    ScheduledExecutorService workers =
        Executors.newScheduledThreadPool(
            live.now().http().workers(), NodeThreads.numbered("vellum-http-worker"));
    closers.then("the workers of the HTTP server", () -> NodeThreads.stop(workers));
    Securing.follow(tls, workers);
    boolean isDisk = live.now().journal().ack() == JournalConfig.Ack.DISK;
    return ApiServer.start(
        listening.at(live.now().http()),
        new ApiPorts(
            doors.access(),
            finder,
            vault.totals(engine.applier(), machine.clock()),
            vault.askable(machine.clock()),
            new UsageFinder(vault.months(), calendar, keys),
            new ContentFinder(vault.months(), keys),
            vault.registry(),
            keys,
            isDisk ? vault.journal()::forced : vault.journal()::appended,
            () -> engine.applier().progress().sequence(),
            new HealthPorts(status::read, health::reasons, meters, meters::scrape),
            new RetentionDesk(vault, working.keeping(), engine.retention(), finder),
            working.kek(live.now()),
            working.billing(finder, machine, health, closers),
            vault.auditing().ports(),
            working.writes(machine),
            engine.lawful().ports(),
            workers,
            NodeThreads.numbered("vellum-http"),
            tls));
  }

  /** Where records are streamed to. */
  public InetSocketAddress tcpAddress() {
    return ingest.address();
  }

  /** Where the HTTP server listens. */
  public InetSocketAddress httpAddress() {
    return api.address();
  }

  /**
   * The administrator's token of the data directory, empty when there is none; not to be logged.
   */
  public String token() {
    return doors.first();
  }

  /** How the node is. */
  public Status status() {
    return status.read();
  }

  /**
   * Waits until somebody closes the node, or a part of it fails.
   *
   * @return the failure; the node is still to be closed, and the process to end with an error
   */
  public Optional<NodeException> awaitStop() throws InterruptedException {
    return health.awaitEnd();
  }

  /** Closes the node when the process is told to end (SIGTERM, SIGINT), within node.stop_within. */
  public void closeOnShutdown() {
    hook.register();
  }

  /** Takes over what can change at each SIGHUP; {@link Reload} logs what became of the rest. */
  public void reloadOnHangup(Supplier<NodeConfig> source) {
    Reload reload =
        new Reload(
            live,
            config -> {
              ServerLog.level(config.log());
              vault.auditing().configured(config);
            });
    Hangup.onSignal(() -> reload.run(source));
  }

  /**
   * Says so in /readyz, takes nothing more, forces and answers what was taken, applies and flushes
   * it, closes. A second call waits for the first.
   *
   * @throws NodeException.BadStop when a part could not be closed; all others are
   */
  @Override
  public void close() {
    stop.begin();
    health.closing();
    synchronized (closing) {
      if (closed) {
        return;
      }
      closed = true;
      LOG.info(Event.NODE_STOPPING.code(), "stopping");
      NodeException.BadStop failure = closers.close();
      // Not before: a process that is told to end meanwhile waits in the hook until all is closed.
      hook.forget();
      if (failure != null) {
        throw failure;
      }
      LOG.info(Event.NODE_STOPPED.code(), "stopped");
    }
  }
}
