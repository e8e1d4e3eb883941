package vellum.ingest.node;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.crypto.CryptoException;
import vellum.core.log.Event;
import vellum.core.retention.MachineClocks;

/**
 * A start of a node in two steps: what needs no key is opened at once, the rest when the keys are.
 * Where their secret is not there, or the one that settings name is wrong, the server is sealed: a
 * {@link WaitingRoom} answers at the node's addresses until somebody brings it. Thread-safe.
 */
public final class NodeStart implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeStart.class);

  private final long beginNanos;
  private final Ground ground;
  private final @Nullable KeyParts keys;
  private final @Nullable WaitingRoom room;
  private final StopHook hook;
  private final Object changing = new Object();

  /** Guarded by {@link #changing}, as is the next. */
  private boolean closed;

  /** What was opened is the node's from now on, or gone with it. */
  private boolean handedOver;

  private NodeStart(Ground ground, long beginNanos) {
    this.beginNanos = beginNanos;
    this.ground = ground;
    this.hook =
        new StopHook(
            this::close, () -> ground.config().node().stopWithin(), Runtime.getRuntime()::halt);
    KeyParts opened = null;
    String sealed = "";
    try {
      opened = KeyParts.open(ground);
    } catch (CryptoException.Sealed e) {
      sealed = sealed("the server waits for the secret of its keys: vellum key unseal", e);
    } catch (CryptoException.WrongSecret e) {
      sealed =
          sealed(
              "the secret in keys.secret_file does not open the keys; the server waits for the one"
                  + " that does: vellum key unseal",
              e);
    }
    if (opened != null) {
      ground.closers().own("the key-encryption key", opened.provider());
    }
    this.keys = opened;
    this.room = opened == null ? WaitingRoom.open(ground, sealed) : null;
    if (room != null) {
      ground.closers().then("the endpoint file", ground.files()::withdraw);
    }
  }

  private static String sealed(String why, CryptoException cause) {
    LOG.warn(Event.NODE_SEALED.code(), "sealed, nothing is taken: {}", cause.getMessage());
    return why;
  }

  /**
   * Checks the machine, takes the data directory and opens the keys, or the waiting room.
   *
   * @param clock of the records' times; the system's outside of tests
   * @param locked told when the data directory is this process's and nobody else's
   * @throws NodeException.BadConfig naming settings that name what is not there
   * @throws NodeException.NotFit naming everything else that is missing
   * @throws NodeException.CannotListen when the waiting room cannot
   * @throws vellum.core.journal.JournalException.Locked when another process has the directory
   */
  public static NodeStart begin(NodeConfig config, InstantSource clock, Runnable locked) {
    long beginNanos = System.nanoTime();
    MachineClocks clocks = new MachineClocks(clock, System::nanoTime, BootClock.ofThisMachine());
    Ground ground = Ground.open(config, clocks, locked);
    try {
      return new NodeStart(ground, beginNanos);
    } catch (RuntimeException e) {
      throw ground.closers().closeAfter(e);
    }
  }

  /** Whether somebody has to bring the secret. */
  public boolean isSealed() {
    return room != null;
  }

  /** Where records will be streamed to. Of a sealed start. */
  public InetSocketAddress tcpAddress() {
    return waiting().ingest().address();
  }

  /** Where the secret is taken. Of a sealed start. */
  public InetSocketAddress httpAddress() {
    return waiting().api().address();
  }

  private WaitingRoom waiting() {
    if (room == null) {
      throw new IllegalStateException("the start is not sealed");
    }
    return room;
  }

  /**
   * The administrator's token of the data directory, empty when there is none; not to be logged.
   */
  public String token() {
    return ground.doors().first();
  }

  /**
   * Ends the waiting when the process is told to end (SIGTERM, SIGINT), within node.stop_within.
   */
  public void closeOnShutdown() {
    if (isSealed()) {
      hook.register();
    }
  }

  /** Takes over what can change at each SIGHUP, until the node does that. */
  public void reloadOnHangup(Supplier<NodeConfig> source) {
    Reload reload = new Reload(ground.live(), config -> ServerLog.level(config.log()));
    Hangup.onSignal(() -> reload.run(source));
  }

  /**
   * Opens the node, whose closing closes everything; while the start is sealed it waits before.
   *
   * @return empty when this was closed meanwhile
   * @throws NodeException.Damaged naming the directory of a month that cannot be opened
   * @throws NodeException.CannotListen naming the address and the settings of it
   */
  public Optional<Node> open() throws InterruptedException {
    Optional<KeyParts> came = room == null ? Optional.ofNullable(keys) : room.await();
    long sinceNanos = room == null ? beginNanos : System.nanoTime();
    Listening listening = room == null ? Listening.of(ground.config()) : room.listening();
    synchronized (changing) {
      if (closed || came.isEmpty()) {
        came.ifPresent(opened -> opened.provider().close());
        return Optional.empty();
      }
      handedOver = true;
      if (room != null) {
        ground.closers().own("the key-encryption key", came.get().provider());
        leaveRoom(room);
      }
    }
    // What ends the process from here on finds the journal as it was: nothing was taken yet.
    hook.forget();
    return Optional.of(Node.open(ground, came.get(), listening, sinceNanos));
  }

  private void leaveRoom(WaitingRoom waiting) {
    try {
      waiting.close();
    } catch (NodeException.BadStop e) {
      throw ground.closers().closeAfter(e);
    }
  }

  /**
   * Closes everything, unless a node has it. A second call waits for the first.
   *
   * @throws NodeException.BadStop when a part could not be closed; all others are
   */
  @Override
  public void close() {
    synchronized (changing) {
      if (closed || handedOver) {
        return;
      }
      closed = true;
      LOG.info(Event.NODE_STOPPING.code(), "stopping");
      if (room != null) {
        leaveRoom(room);
      }
      NodeException.BadStop failure = ground.closers().close();
      hook.forget();
      if (failure != null) {
        throw failure;
      }
      LOG.info(Event.NODE_STOPPED.code(), "stopped");
    }
  }
}
