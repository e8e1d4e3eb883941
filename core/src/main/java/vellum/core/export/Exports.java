package vellum.core.export;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The exports that a server is making: few at a time, each for as long as somebody asks for its
 * parts, and as long as its months belong to whom they belonged. Thread-safe.
 */
public final class Exports implements AutoCloseable {

  /** Exports at a time: each takes the memory of two parts, and keeps files of its moment. */
  public static final int MAX_SESSIONS = 4;

  /** How long an export that nobody asks for is kept. */
  public static final Duration IDLE = Duration.ofMinutes(5);

  private static final int ID_BYTES = 16;
  private static final int REMEMBERED = 64;

  private final Executor workers;
  private final SecureRandom random;
  private final LongSupplier nanoClock;
  private final PartLimits limits;
  private final Map<String, ExportSession> sessions = new ConcurrentHashMap<>();

  /** Why the last sessions ended. */
  private final Map<String, String> ends =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
              return size() > REMEMBERED;
            }
          });

  private boolean closed;

  /**
   * @param workers build parts
   * @param nanoClock monotonic nanoseconds
   */
  public Exports(Executor workers, SecureRandom random, LongSupplier nanoClock, PartLimits limits) {
    this.workers = workers;
    this.random = random;
    this.nanoClock = nanoClock;
    this.limits = limits;
  }

  /**
   * Begins an export.
   *
   * @throws ExportException.TooMany when as many are being made as may be
   * @throws ExportException.Changed when one is to be gone on with and its rows are others now
   */
  public synchronized ExportSession open(ExportRequest request) {
    sweep();
    if (closed || sessions.size() >= MAX_SESSIONS) {
      throw new ExportException.TooMany(
          MAX_SESSIONS + " exports are being made; try again when one is done");
    }
    PartLimits parted = limits.withRows(request.partRows());
    RowSource source = request.rows().get();
    try {
      ExportRequest.Resume resume = request.resume();
      int parts = 0;
      if (resume != null) {
        requireSame(resume, source);
        parts = resume.parts();
        if (!resume.last().isEmpty()) {
          source.goBehind(resume.last());
        }
      }
      byte[] name = new byte[ID_BYTES];
      random.nextBytes(name);
      ExportSession session =
          new ExportSession(
              HexFormat.of().formatHex(name),
              source,
              new PartBuilder(source, request.format(), parted, parts, workers),
              parts,
              workers,
              nanoClock.getAsLong());
      sessions.put(session.id(), session);
      return session;
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private static void requireSame(ExportRequest.Resume resume, RowSource source) {
    List<String> columns = source.columns().stream().map(Column::name).toList();
    if (!columns.equals(resume.columns())) {
      throw new ExportException.Changed("this server exports other columns than the one before");
    }
    if (!source.marks().equals(resume.marks())) {
      List<String> changed = new ArrayList<>();
      for (Mark mark : source.marks()) {
        if (!resume.marks().contains(mark)) {
          changed.add(mark.month().toString());
        }
      }
      for (Mark mark : resume.marks()) {
        if (source.marks().stream().noneMatch(now -> now.month().equals(mark.month()))) {
          changed.add(mark.month().toString());
        }
      }
      throw new ExportException.Changed(
          "these months have changed since the export began: " + String.join(", ", changed));
    }
  }

  /**
   * A session by its id.
   *
   * @throws ExportException.NoSession when it is not there, with the reason if it is known
   */
  public ExportSession session(String id) {
    sweep();
    ExportSession session = sessions.get(id);
    if (session == null) {
      throw new ExportException.NoSession(
          ends.getOrDefault(id, "the server was started anew, or the export ended long ago"));
    }
    session.used(nanoClock.getAsLong());
    return session;
  }

  /** Ends a session; one that is not there is ended already. */
  public void end(String id) {
    end(id, "the export was ended");
  }

  private void end(String id, String why) {
    ExportSession session = sessions.remove(id);
    if (session != null) {
      ends.put(id, why);
      session.close();
    }
  }

  /**
   * Ends what nobody asks for any more, and what has lost its months; to be called now and then.
   */
  public void sweep() {
    long now = nanoClock.getAsLong();
    for (ExportSession session : sessions.values()) {
      String ended = session.ended();
      if (!ended.isEmpty()) {
        end(session.id(), ended);
      } else if (session.unusedNanos(now) > IDLE.toNanos()) {
        end(session.id(), "nobody asked for it for " + IDLE.toMinutes() + " minutes");
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    sessions.keySet().forEach(id -> end(id, "the server is stopping"));
  }
}
