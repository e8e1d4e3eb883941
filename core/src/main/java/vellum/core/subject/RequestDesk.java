package vellum.core.subject;

import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.Asker;
import vellum.core.casefile.CaseFile;
import vellum.core.casefile.CaseFiles;
import vellum.core.casefile.CaseId;
import vellum.core.casefile.CaseKind;

/**
 * Takes requests of people in, and leads them through their states; what a state needs done is done
 * by others. Every change is a new revision of the case, whose history stays until the case itself
 * goes. Thread-safe: a change of what somebody else changed meanwhile is refused.
 */
public final class RequestDesk {

  /** Requests of an answer, at most. */
  public static final int MOST_LISTED = 1_000;

  private final CaseFiles files;
  private final Restrictions restrictions;
  private final InstantSource clock;
  private final Period keep;
  private final String portabilityRefused;
  private final Predicate<CaseId> isErased;

  /** What is not answered yet. */
  private final Map<CaseId, Deadline> waiting = new ConcurrentHashMap<>();

  /** Parcels on the server, and when they were made; at the epoch those of closed requests. */
  private final Map<CaseId, Instant> parcels = new ConcurrentHashMap<>();

  /**
   * Opens the desk; the restrictions of what is granted and not closed are in force again.
   *
   * @param keep how long a closed request is kept
   * @param texts what people are told
   * @param isErased whether a request's erasure has found what it erases, or is further
   */
  public static RequestDesk open(
      CaseFiles files,
      Restrictions restrictions,
      AnswerTexts texts,
      InstantSource clock,
      Period keep,
      Predicate<CaseId> isErased) {
    String refused = texts.text("portability_refused");
    RequestDesk desk = new RequestDesk(files, restrictions, clock, keep, refused, isErased);
    desk.load();
    return desk;
  }

  private RequestDesk(
      CaseFiles files,
      Restrictions restrictions,
      InstantSource clock,
      Period keep,
      String portabilityRefused,
      Predicate<CaseId> isErased) {
    this.files = files;
    this.restrictions = restrictions;
    this.clock = clock;
    this.keep = keep;
    this.portabilityRefused = portabilityRefused;
    this.isErased = isErased;
  }

  /**
   * Takes a request in. Portability is refused at once, with its reason, unless somebody says why
   * not.
   *
   * @param override why portability is granted; empty: it is not
   */
  public Request create(RequestOrder order, String override, Asker by) {
    Instant now = clock.instant();
    if (order.receivedAt().isAfter(now)) {
      throw new RequestException.BadInterval("a request was not received in the future: " + now);
    }
    if (!override.isEmpty() && order.kind() != RequestKind.PORTABILITY) {
      throw new RequestException.BadText("only portability is granted by an override");
    }
    Optional<Decision> decision =
        order.kind() == RequestKind.PORTABILITY
            ? Optional.of(
                override.isEmpty()
                    ? new Decision(false, portabilityRefused, "", now)
                    : new Decision(true, override, by.name(), now))
            : Optional.empty();
    RequestState state = decision.isPresent() ? RequestState.DECIDED : RequestState.OPEN;
    CaseFile file =
        files.create(
            CaseKind.REQUEST,
            id ->
                RequestJson.write(
                    new Request(
                        id,
                        1,
                        state,
                        order,
                        by.name(),
                        now,
                        Deadline.of(order.receivedAt()),
                        decision,
                        Optional.empty(),
                        "")));
    return follow(RequestJson.read(file));
  }

  /** Gives a request two months more, once, and before its first deadline is over. */
  public Request extend(CaseId id, String reason, Asker by) {
    Request request = require(id);
    requireState(request, request.state().compareTo(RequestState.DONE) < 0, "not answered yet");
    Deadline.Extension extension = new Deadline.Extension(clock.instant(), by.name(), reason);
    return change(request, request.until(request.deadline().extend(extension)));
  }

  /**
   * Decides a request, or decides it anew before it is answered. A restriction that is granted
   * holds from now on.
   *
   * @param override whether portability is granted though it is not owed
   */
  public Request decide(CaseId id, boolean granted, String reason, boolean override, Asker by) {
    Request request = require(id);
    requireState(
        request,
        request.state() == RequestState.OPEN || request.state() == RequestState.DECIDED,
        "open or decided");
    if (granted && request.kind() == RequestKind.PORTABILITY && !override) {
      throw new RequestException.PortabilityNotOwed();
    }
    if (!granted) {
      requireNotErased(request);
    }
    Decision decision = new Decision(granted, reason, by.name(), clock.instant());
    return change(request, request.decided(decision));
  }

  /**
   * Closes a request that is answered, or was withdrawn before; a restriction ends with it.
   *
   * @param withdrawn whether whoever asked does not want it any more
   */
  public Request close(CaseId id, String reason, boolean withdrawn) {
    Request request = require(id);
    Texts.require("reason", reason, 1, Texts.MOST_REASON);
    boolean isEnd =
        request.state() == RequestState.DONE
            || withdrawn
                && (request.state() == RequestState.OPEN
                    || request.state() == RequestState.DECIDED);
    requireState(request, isEnd, "done, or withdrawn before its answer");
    requireNotErased(request);
    CaseFile file =
        files.close(
            id,
            request.revision(),
            RequestJson.write(request.closed(reason)),
            clock.instant().atZone(ZoneOffset.UTC).plus(keep).toInstant());
    return follow(RequestJson.read(file));
  }

  /** The request of an id. */
  public Request require(CaseId id) {
    return find(id).orElseThrow(() -> new RequestException.Unknown(id));
  }

  /** The same, if there is one. */
  public Optional<Request> find(CaseId id) {
    return id.kind() == CaseKind.REQUEST ? files.find(id).map(RequestJson::read) : Optional.empty();
  }

  /** All that a request was, the first revision first. */
  public List<Request> history(CaseId id) {
    require(id);
    return files.history(id).stream().map(RequestJson::read).toList();
  }

  /**
   * Requests in the order in which they came in.
   *
   * @param after the last one of the page before; null: from the beginning
   */
  public List<Request> list(Predicate<Request> wanted, @Nullable CaseId after, int limit) {
    return files
        .list(CaseKind.REQUEST, file -> wanted.test(RequestJson.read(file)), after, limit)
        .stream()
        .map(RequestJson::read)
        .toList();
  }

  /** How many requests are late: not answered, and their last day over. */
  public int overdue() {
    Instant now = clock.instant();
    return (int) waiting.values().stream().filter(deadline -> deadline.isOver(now)).count();
  }

  /** Takes a decided request to work; one that gives records also when it was answered before. */
  Request begin(CaseId id) {
    Request request = require(id);
    if (request.state() == RequestState.OPEN) {
      throw new RequestException.NotDecided(id);
    }
    boolean isAgain = request.state() == RequestState.DONE && request.kind().givesRecords();
    requireState(request, request.state() == RequestState.DECIDED || isAgain, "decided");
    return change(request, request.in(RequestState.WORKING));
  }

  /** Notes what the answer of a request is. */
  Request answered(CaseId id, AnswerNote note) {
    return changed(id, request -> request.answered(note));
  }

  /** Notes that a request's work was broken off, if it was worked at: it can be answered anew. */
  void brokenOff(CaseId id) {
    if (require(id).state() == RequestState.WORKING) {
      changed(id, request -> request.in(RequestState.DECIDED));
    }
  }

  /** Requests whose parcels are to go: answered before an instant, or closed. */
  List<Request> parcelsUntil(Instant answered) {
    return parcels.entrySet().stream()
        .filter(parcel -> !parcel.getValue().isAfter(answered))
        .flatMap(parcel -> find(parcel.getKey()).stream())
        .toList();
  }

  /** Notes that a parcel is gone. */
  void parcelRemoved(CaseId id) {
    Instant now = clock.instant();
    changed(id, request -> request.with(request.answer().map(note -> note.removed(now))));
  }

  private Request changed(CaseId id, UnaryOperator<Request> how) {
    Request request = require(id);
    return change(request, how.apply(request));
  }

  private Request change(Request from, Request to) {
    return follow(
        RequestJson.read(files.change(from.id(), from.revision(), RequestJson.write(to))));
  }

  private static void requireState(Request request, boolean isRight, String wanted) {
    if (!isRight) {
      throw new RequestException.WrongState(request.id(), request.state(), wanted);
    }
  }

  /** Half an erasure is neither refused nor withdrawn: what is gone would be said to be there. */
  private void requireNotErased(Request request) {
    if (request.state() != RequestState.DONE && isErased.test(request.id())) {
      throw new RequestException.ErasureUnderWay(request.id());
    }
  }

  /** What was collected (its passphrase is lost) or refused at a stop is to be answered anew. */
  private void load() {
    List<Request> brokenOff = new ArrayList<>();
    for (CaseFile file : files.list(CaseKind.REQUEST, each -> true, null, Integer.MAX_VALUE)) {
      Request request = RequestJson.read(file);
      follow(request);
      boolean goesOn = request.isGranted() && request.kind().changesRecords();
      if (request.state() == RequestState.WORKING && !goesOn) {
        brokenOff.add(request);
      }
    }
    brokenOff.forEach(request -> brokenOff(request.id()));
  }

  /** Takes a request over as it stands now. */
  private Request follow(Request request) {
    restrictions.follow(request);
    if (request.isWaiting()) {
      waiting.put(request.id(), request.deadline());
    } else {
      waiting.remove(request.id());
    }
    Optional<AnswerNote> answer = request.answer().filter(AnswerNote::hasPackage);
    if (answer.isPresent()) {
      boolean isClosed = request.state() == RequestState.CLOSED;
      parcels.put(request.id(), isClosed ? Instant.EPOCH : answer.get().at());
    } else {
      parcels.remove(request.id());
    }
    return request;
  }
}
