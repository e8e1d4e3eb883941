package vellum.ingest.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.RequestMac;
import vellum.core.log.Event;
import vellum.core.store.StoreException;

/**
 * Lets a request that is sent again under its {@code Idempotency-Key} get the answer it got, in
 * place of being done again. A key is its sender's own, and stands for one request: method, path,
 * query, type and body. Thread-safe.
 */
final class Idempotency {

  /** The header that brings the key. */
  static final String HEADER = "idempotency-key";

  /** The header that tells that an answer was kept. */
  static final String REPLAYED = "idempotent-replayed";

  private static final Logger LOG = LoggerFactory.getLogger(Idempotency.class);
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,128}");

  private final KeptAnswers kept;
  private final IntFunction<RequestMac> macs;
  private final InstantSource clock;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /**
   * @param macs makes the MAC of a year, for one use
   */
  Idempotency(KeptAnswers kept, IntFunction<RequestMac> macs, InstantSource clock) {
    this.kept = kept;
    this.macs = macs;
    this.clock = clock;
  }

  /** The one of a server; null where it takes no writes. */
  static @Nullable Idempotency of(@Nullable WritePorts ports) {
    return ports == null ? null : new Idempotency(ports.kept(), ports.macs(), ports.clock());
  }

  /**
   * Begins a request.
   *
   * @param isRepeatable whether it does no harm to do it twice, as long as nobody knows its answer
   * @return how to go on; null when the request has no key
   * @throws Problem when it is not to be done
   */
  @Nullable Attempt begin(
      ServiceRequestContext context, AggregatedHttpRequest request, boolean isRepeatable) {
    String key = request.headers().get(HEADER);
    if (key == null) {
      return null;
    }
    if (!KEY.matcher(key).matches()) {
      throw Problem.bad(
          "BAD_IDEMPOTENCY_KEY",
          "the key must have 1 to 128 visible ASCII characters, without spaces");
    }
    byte[][] name = {bytes(Caller.of(context).name()), bytes(key)};
    byte[][] asked = {
      bytes(context.method().name()),
      bytes(context.path()),
      bytes(String.valueOf(context.query())),
      bytes(String.valueOf(request.contentType())),
      request.content().array()
    };
    Instant now = clock.instant();
    int year = year(now);
    Attempt attempt = attempt(year, name, asked);
    if (!underWay.add(attempt.text)) {
      throw busy();
    }
    boolean goesOn = false;
    try {
      int yesterday = year(now.minus(KeptAnswers.KEPT));
      if (yesterday != year) {
        attempt.look(attempt(yesterday, name, asked), isRepeatable);
      }
      attempt.look(attempt, isRepeatable);
      if (attempt.replay() == null) {
        attempt.start(isRepeatable);
        goesOn = true;
      }
      return attempt;
    } finally {
      if (!goesOn) {
        underWay.remove(attempt.text);
      }
    }
  }

  private static Problem busy() {
    return new Problem(
        HttpStatus.CONFLICT,
        "IDEMPOTENCY_BUSY",
        "the request that first came with this key is still under way: try again");
  }

  private static int year(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).getYear();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Attempt attempt(int year, byte[][] name, byte[][] asked) {
    try {
      RequestMac mac = macs.apply(year);
      return new Attempt(mac.mac(name), mac.mac(asked));
    } catch (CryptoException.KeyStorageFailed full) {
      // The first key of a year needs the year's own, which is made then.
      throw Faults.storeUnavailable();
    }
  }

  /** A request with a key; for one thread at a time. */
  final class Attempt {
    private final byte[] name;
    private final byte[] request;
    private final String text;
    private KeptAnswers.@Nullable Kept replay;

    private Attempt(byte[] name, byte[] request) {
      this.name = name;
      this.request = request;
      this.text = HexFormat.of().formatHex(name);
    }

    /** The answer that is kept; null when the request is to be done. */
    KeptAnswers.@Nullable Kept replay() {
      return replay;
    }

    private void look(Attempt as, boolean isRepeatable) {
      KeptAnswers.Kept found = kept.find(as.name);
      if (found == null) {
        return;
      }
      if (!MessageDigest.isEqual(found.request(), as.request)) {
        throw new Problem(
            HttpStatus.UNPROCESSABLE_ENTITY,
            "IDEMPOTENCY_MISMATCH",
            "the key came with another request before: take a new one");
      }
      if (found.status() != 0) {
        replay = found;
      } else if (!isRepeatable) {
        throw new Problem(
            HttpStatus.CONFLICT,
            "IDEMPOTENCY_UNFINISHED",
            "the request that first came with this key was begun and did not end as it should: see"
                + " whether it was done, then take a new key");
      }
    }

    private void start(boolean isRepeatable) {
      boolean hasRoom = isRepeatable ? kept.hasRoom() : kept.begin(name, request);
      if (!hasRoom) {
        throw full();
      }
    }

    /** The request broke off: nothing is kept but, where it was noted, that it was begun. */
    void failed() {
      underWay.remove(text);
    }

    /**
     * The request is done: keeps its answer, unless it is one that may be other next time. Of one
     * that is too long, only that the request was begun stays, where that was noted.
     */
    void answered(HttpStatus status, byte[] body, boolean isProblem) {
      try {
        boolean isFinal = status.isSuccess() || status.equals(HttpStatus.UNPROCESSABLE_ENTITY);
        if (!isFinal) {
          kept.forget(name);
        } else if (body.length <= KeptAnswers.MOST_BYTES) {
          kept.end(name, new KeptAnswers.Kept(request, status.code(), isProblem, body));
        }
      } catch (StoreException e) {
        LOG.warn(
            Event.ANSWER_UNKEPT.code(),
            "an answer could not be kept under its idempotency key: {}",
            e.getMessage());
      } finally {
        underWay.remove(text);
      }
    }
  }

  private static Problem full() {
    return new Problem(
        HttpStatus.TOO_MANY_REQUESTS,
        "TOO_MANY_KEYS",
        "answers to "
            + KeptAnswers.MOST
            + " requests are kept: try again later, or without an idempotency key");
  }
}
