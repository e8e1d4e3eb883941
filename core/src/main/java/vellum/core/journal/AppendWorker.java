package vellum.core.journal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Takes commands out of the ring, one after the other, which makes it the only place where entries
 * get their numbers, streams their sequences, and leases their end.
 *
 * <p>When free space falls below the reserve, what was taken already waits here in its order, and
 * only decisions pass. The lock is for closing and is never contended before.
 */
final class AppendWorker implements JournalWorker {

  private static final int MAX_COMMANDS = 256;

  private final JournalConfig config;
  private final Progress progress;
  private final EntryLog log;
  private final StreamDesk desk;
  private final ForceWorker forcer;
  private final SpaceGuard space;
  private final Counters counters;
  private final LongSupplier nanoClock;
  private final MpscArrayQueue<Command> ring;
  private final AtomicLong ringBytes = new AtomicLong();
  private final ArrayDeque<Command> held = new ArrayDeque<>();
  private final Parking parking = new Parking();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean rollAsked;
  private volatile int heldCount;

  AppendWorker(
      JournalSetup setup,
      Progress progress,
      EntryLog log,
      StreamDesk desk,
      ForceWorker forcer,
      Counters counters) {
    this.config = setup.config();
    this.progress = progress;
    this.log = log;
    this.desk = desk;
    this.forcer = forcer;
    this.counters = counters;
    this.nanoClock = setup.nanoClock();
    this.space = new SpaceGuard(setup.directory(), config, setup.disk(), nanoClock.getAsLong());
    this.ring = new MpscArrayQueue<>(config.ringCommands());
  }

  @Override
  public String name() {
    return "journal-appender";
  }

  /** Puts a command into the ring. Called by any thread. */
  Journal.Admission offer(Command command) {
    Journal.Admission admission = admission(command instanceof Command.Append a && a.lease == null);
    if (admission != Journal.Admission.TAKEN) {
      return admission;
    }
    int bytes = command.bytes();
    if (ringBytes.addAndGet(bytes) > config.ringBytes() || !ring.offer(command)) {
      ringBytes.addAndGet(-bytes);
      return Journal.Admission.BUSY;
    }
    if (progress.takes()) {
      parking.wake();
    } else {
      refuseAll();
    }
    return Journal.Admission.TAKEN;
  }

  Journal.Admission admission(boolean decision) {
    if (!progress.takes()) {
      return Journal.Admission.FAILED;
    }
    if (decision ? space.isVeryLow() : space.isLow()) {
      return Journal.Admission.DISK_LOW;
    }
    boolean full = ring.size() >= config.ringCommands() || ringBytes.get() >= config.ringBytes();
    return full ? Journal.Admission.BUSY : Journal.Admission.TAKEN;
  }

  void askRoll() {
    rollAsked = true;
    parking.wake();
  }

  @Override
  public int doWork() {
    lock.lock();
    try {
      int done = progress.failure() == null ? work() : refuse();
      if (done > 0) {
        forcer.wake();
      }
      return done;
    } finally {
      lock.unlock();
    }
  }

  private int work() {
    space.wrote(0, nanoClock.getAsLong());
    int done = 0;
    try {
      done += roll();
      while (done < MAX_COMMANDS && forcer.hasRoom()) {
        Command command = progress.failure() == null ? next() : null;
        if (command == null) {
          break;
        }
        ringBytes.addAndGet(-command.bytes());
        handle(command);
        done += 1 + roll();
      }
    } catch (Exception | InternalError failure) {
      progress.fail(new JournalException.WriteFailed("cannot make a segment", failure));
    }
    return done;
  }

  private int roll() throws IOException {
    boolean asked = rollAsked;
    if (asked) {
      rollAsked = false;
    }
    if (!log.mustRoll(asked)) {
      return 0;
    }
    log.roll();
    counters.roll();
    return 1;
  }

  private @Nullable Command next() {
    if (!held.isEmpty() && !space.isLow()) {
      Command first = held.poll();
      heldCount = held.size();
      return first;
    }
    Command command = ring.poll();
    while (command != null && space.isLow() && !isDecision(command)) {
      held.add(command);
      heldCount = held.size();
      command = ring.poll();
    }
    return command;
  }

  private static boolean isDecision(Command command) {
    return command instanceof Command.Append append && append.lease == null;
  }

  private void handle(Command command) {
    long before = counters.bytes();
    boolean answered;
    try {
      answered = desk.handle(command);
    } catch (Exception | InternalError failure) {
      // Of every kind, as the queue throws checked exceptions that it does not declare.
      JournalException cause = new JournalException.WriteFailed("cannot write", failure);
      progress.fail(cause);
      Receipts.answer(command, cause);
      return;
    }
    space.wrote(counters.bytes() - before, nanoClock.getAsLong());
    if (!answered) {
      answerLater(command);
    }
  }

  private void answerLater(Command command) {
    if (config.ack() == JournalConfig.Ack.MEMORY) {
      Receipts.answer(command, null);
    } else {
      forcer.add(command);
    }
  }

  private int refuse() {
    int refused = 0;
    JournalException cause = progress.failure();
    for (Command command = take(); command != null; command = take()) {
      ringBytes.addAndGet(-command.bytes());
      Receipts.answer(
          command, cause == null ? new JournalException.Closed("the journal was closed") : cause);
      refused++;
    }
    return refused;
  }

  private @Nullable Command take() {
    Command command = held.poll();
    heldCount = held.size();
    return command == null ? ring.poll() : command;
  }

  private void refuseAll() {
    lock.lock();
    try {
      refuse();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses what is left and closes the live segment. */
  void finish() {
    lock.lock();
    try {
      refuse();
      log.close();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void await() {
    parking.await(this::hasWork, Long.MAX_VALUE);
  }

  private boolean hasWork() {
    return !ring.isEmpty() || rollAsked || (heldCount > 0 && !space.isLow());
  }

  @Override
  public void wake() {
    parking.wake();
  }

  int ringCommands() {
    return ring.size() + heldCount;
  }

  long ringBytes() {
    return ringBytes.get();
  }

  long usableBytes() {
    return space.usable();
  }

  /** See {@link ChronicleJournal#promise}. */
  void promise(LongSupplier bytes) {
    space.promise(bytes);
  }
}
