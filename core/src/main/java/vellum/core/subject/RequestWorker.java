package vellum.core.subject;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.audit.Actor;
import vellum.core.audit.AuditEvent;
import vellum.core.audit.Draft;
import vellum.core.casefile.Asker;
import vellum.core.casefile.CaseException;
import vellum.core.casefile.CaseId;
import vellum.core.disclosure.PackageException;
import vellum.core.log.Event;

/**
 * Makes the answers of decided requests, a step of each in turn, and removes parcels whose time is
 * over. {@link #answer} may be called by any thread; {@link #doWork} by one.
 *
 * <p>A failure breaks an answer off: the request is decided again, says why, and can be answered
 * anew. After a stop, a correction or an erasure goes on by itself, and records are collected anew
 * when somebody asks: the passphrase was told once and is nowhere.
 */
public final class RequestWorker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RequestWorker.class);
  private static final int MOST_WAITING = 16;
  private static final Duration LOOK = Duration.ofMinutes(1);

  private final RequestDesk desk;
  private final AnswerParts parts;
  private final Duration keepParcels;
  private final Queue<Running> waiting = new ArrayDeque<>();
  private final Map<CaseId, Progress> progress = new ConcurrentHashMap<>();
  private Instant looked = Instant.MIN;

  /**
   * An answer that is being made.
   *
   * @param isBroken whether it is to be broken off, as soon as the disk takes that
   */
  private record Running(CaseId id, Job job, boolean isBroken) {}

  /**
   * How far an answer is.
   *
   * @param done how much is done, 0 to 1
   * @param failure code of what broke it off, or what it waits for; empty when neither
   */
  public record Progress(long records, double done, String failure) {}

  /**
   * An answer that was begun, or given at once.
   *
   * @param passphrase of its parcel, told this once; empty when there is none
   */
  public record Started(Request request, String passphrase) {
    @Override
    public String toString() {
      return request.toString();
    }
  }

  /**
   * Opens the worker; what is worked at and needs nobody goes on.
   *
   * @param keepParcels how long a parcel is kept for who asked
   */
  public static RequestWorker open(RequestDesk desk, AnswerParts parts, Duration keepParcels) {
    RequestWorker worker = new RequestWorker(desk, parts, keepParcels);
    desk.list(request -> request.state() == RequestState.WORKING, null, Integer.MAX_VALUE)
        .forEach(request -> worker.enqueue(request, worker.job(request, decider(request))));
    parts.erasures().underWay().forEach(worker::erase);
    desk.list(
            request -> request.state() == RequestState.DECIDED && request.kind().givesRecords(),
            null,
            Integer.MAX_VALUE)
        .forEach(request -> parts.parcels().remove(request.id()));
    return worker;
  }

  private RequestWorker(RequestDesk desk, AnswerParts parts, Duration keepParcels) {
    this.desk = desk;
    this.parts = parts;
    this.keepParcels = keepParcels;
  }

  /**
   * Goes on with an erasure that was broken off. Once it is found it comes to its end whatever the
   * request says by now; before, only when that is granted still.
   */
  private void erase(CaseId id) {
    Request request = desk.find(id).orElse(null);
    if (request == null || progress.containsKey(id)) {
      return;
    }
    boolean isWanted = request.state() == RequestState.DECIDED && request.isGranted();
    if (isWanted) {
      request = desk.begin(id);
    }
    if (isWanted || parts.erasures().isFound(id)) {
      enqueue(request, new Erasing(request, parts, decider(request)));
    }
  }

  private static String decider(Request request) {
    return request.decision().map(Decision::by).orElse("");
  }

  /**
   * Answers a decided request: at once what needs no work, otherwise the work begins.
   *
   * @param certificate PEM of the certificate that a parcel is sealed for; empty: a passphrase is
   *     made
   * @throws RequestException.NotDecided before the decision
   */
  public synchronized Started answer(CaseId id, String certificate, Asker by) {
    Request request = desk.require(id);
    if (waiting.size() >= MOST_WAITING) {
      throw new RequestException.Busy("more than " + MOST_WAITING + " answers are being made");
    }
    Request begun = desk.begin(id);
    if (!request.isGranted() || request.kind().restricts()) {
      AnswerNote note = AnswerNote.of(parts.clock().instant(), by.name());
      return new Started(desk.answered(id, note), "");
    }
    try {
      if (!request.kind().givesRecords()) {
        enqueue(begun, job(begun, by.name()));
        return new Started(begun, "");
      }
      Parcels.Opened opened = parts.parcels().open(begun, certificate);
      enqueue(begun, new Collecting(begun, parts, opened.parcel(), by.name()));
      return new Started(begun, opened.passphrase());
    } catch (RuntimeException e) {
      desk.brokenOff(id);
      throw e;
    }
  }

  private Job job(Request request, String by) {
    return switch (request.kind()) {
      case RECTIFICATION -> new Correcting(request, parts, by);
      case ERASURE -> new Erasing(request, parts, by);
      case ACCESS, PORTABILITY, RESTRICTION, OBJECTION ->
          throw new IllegalStateException("no work goes on by itself for " + request.kind());
    };
  }

  private synchronized void enqueue(Request request, Job job) {
    progress.put(request.id(), new Progress(0, 0, ""));
    waiting.add(new Running(request.id(), job, false));
  }

  /** How far the answer of a request is, if one was begun since the start. */
  public Optional<Progress> progress(CaseId id) {
    return Optional.ofNullable(progress.get(id));
  }

  /** Does a step of each answer that is being made; returns how much was done. */
  public int doWork() {
    int worked = 0;
    for (int left = size(); left > 0; left--) {
      Running running = next();
      if (running != null) {
        worked += step(running);
      }
    }
    return worked == 0 ? removeParcels() : worked;
  }

  private int step(Running running) {
    Job job = running.job;
    if (running.isBroken) {
      return takeBack(running) ? 1 : 0;
    }
    try {
      Job.Step step = job.step();
      if (step == Job.Step.OVER) {
        end(running);
        return 1;
      }
      progress.put(running.id, new Progress(job.records(), job.done(), job.waitsFor()));
      again(running);
      return step == Job.Step.WORKED ? 1 : 0;
    } catch (RuntimeException e) {
      breakOff(running, e);
      return 1;
    }
  }

  /** The trail knows of an answer before it is one. */
  private void end(Running running) {
    AnswerNote note = running.job.note();
    Request request = desk.require(running.id);
    AuditEvent event =
        request.kind() == RequestKind.ERASURE
            ? AuditEvent.PERSON_ERASED
            : AuditEvent.REQUEST_ANSWERED;
    String reason = request.decision().map(Decision::reason).orElse("");
    parts
        .audit()
        .record(
            Draft.of(event, Actor.SERVER, reason)
                .about(request.kind().text())
                .inCase(running.id.text())
                .counting(note.records())
                .digesting(note.digest()));
    if (request.state() == RequestState.WORKING) {
      desk.answered(running.id, note);
    }
    progress.put(running.id, new Progress(note.records(), 1, ""));
  }

  private synchronized int size() {
    return waiting.size();
  }

  private synchronized @Nullable Running next() {
    return waiting.poll();
  }

  private synchronized void again(Running running) {
    waiting.add(running);
  }

  private void breakOff(Running running, RuntimeException cause) {
    String code = code(cause);
    StackTraceElement[] trace = cause.getStackTrace();
    LOG.warn(
        Event.REQUEST_BROKEN_OFF.code(),
        "the answer of {} was broken off: {} by {} at {}",
        running.id,
        code,
        cause.getClass().getName(),
        trace.length == 0 ? "unknown place" : trace[0]);
    progress.put(running.id, new Progress(running.job.records(), 0, code));
    takeBack(running);
  }

  /** A disk that refuses this too is asked again: until then the request is worked at. */
  private boolean takeBack(Running running) {
    try {
      running.job.abandon();
      desk.brokenOff(running.id);
      return true;
    } catch (RuntimeException e) {
      again(new Running(running.id, running.job, true));
      return false;
    }
  }

  private static String code(RuntimeException cause) {
    if (cause instanceof RequestException refused) {
      return refused.code();
    }
    if (cause instanceof PackageException refused) {
      return refused.code();
    }
    return cause instanceof CaseException refused ? refused.code() : "ANSWER_FAILED";
  }

  private int removeParcels() {
    Instant now = parts.clock().instant();
    if (now.isBefore(looked.equals(Instant.MIN) ? now : looked.plus(LOOK))) {
      return 0;
    }
    looked = now;
    List<Request> over = new ArrayList<>(desk.parcelsUntil(now.minus(keepParcels)));
    for (Request request : over) {
      parts.parcels().remove(request.id());
      desk.parcelRemoved(request.id());
    }
    return over.size();
  }

  /** Removes parcels that are not finished; to be called when nobody works any more. */
  @Override
  public synchronized void close() {
    waiting.forEach(running -> running.job.abandon());
    waiting.clear();
  }
}
