package vellum.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import vellum.core.access.AccessCheck;
import vellum.core.access.AccountScope;
import vellum.core.access.Principal;
import vellum.core.access.Role;

/** Long answers of every kind that is in memory, and readers that take them piece by piece. */
final class LongAnswerTest {

  private static final int PIECES = 5;
  private static final byte[] BODY = body(PIECES * LongAnswer.PIECE - 1);
  private static final Object END = "end";

  private final AtomicBoolean isGood = new AtomicBoolean(true);

  private static byte[] body(int length) {
    byte[] body = new byte[length];
    new Random(7).nextBytes(body);
    return body;
  }

  /** The services that answer with what is in memory. */
  static Stream<Arguments> services() {
    return Stream.of(
        Arguments.of(
            "audit trail, totals, statements: JSON",
            new JsonService((context, request) -> HttpData.wrap(BODY))),
        Arguments.of(
            "export content: bytes, of a longer array",
            new BytesService(
                MediaType.OCTET_STREAM,
                context -> HttpData.wrap(body(BODY.length + 100), 0, BODY.length))));
  }

  /** Takes one part of an answer at a time. */
  private static final class Reader implements Subscriber<HttpObject> {
    private final BlockingQueue<Object> parts = new LinkedBlockingQueue<>();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();

    Object next() throws Exception {
      subscription.get(10, TimeUnit.SECONDS).request(1);
      return parts.poll(10, TimeUnit.SECONDS);
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription.complete(given);
    }

    @Override
    public void onNext(HttpObject part) {
      parts.add(part);
    }

    @Override
    public void onError(Throwable failure) {
      parts.add(failure);
    }

    @Override
    public void onComplete() {
      parts.add(END);
    }
  }

  private Reader ask(HttpService service) throws Exception {
    HttpRequest request = HttpRequest.of(HttpMethod.GET, "/");
    ServiceRequestContext context = context(request);
    HttpResponse answer = service.serve(context, request);
    Reader reader = new Reader();
    answer.subscribe(reader, context.eventLoop());
    assertThat(((ResponseHeaders) reader.next()).contentLength()).isEqualTo(BODY.length);
    return reader;
  }

  private ServiceRequestContext context(HttpRequest request) {
    ServiceRequestContext context = ServiceRequestContext.of(request);
    Principal who =
        new Principal(
            "jane", Set.of(Role.AUDITOR), AccountScope.EVERY, Instant.MAX, Principal.Proof.TOKEN);
    Caller.set(context, new AccessCheck.Known(who, isGood::get));
    return context;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("services")
  void shouldWriteAllOfItPieceByPiece(String what, HttpService service) throws Exception {
    Reader reader = ask(service);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int i = 0; i < PIECES; i++) {
      HttpData piece = (HttpData) reader.next();
      assertThat(piece.length()).isLessThanOrEqualTo(LongAnswer.PIECE);
      whole.write(piece.array());
    }
    assertThat(reader.parts.poll(10, TimeUnit.SECONDS)).isEqualTo(END);
    assertThat(whole.size()).isEqualTo(BODY.length);
    if (service instanceof JsonService) {
      assertThat(whole.toByteArray()).isEqualTo(BODY);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("services")
  void shouldEndWhenTheTokenIsRevoked(String what, HttpService service) throws Exception {
    // given
    Reader reader = ask(service);
    assertThat(reader.next()).isInstanceOf(HttpData.class);
    assertThat(reader.next()).isInstanceOf(HttpData.class);
    // when
    isGood.set(false);
    // then: one piece may have been on its way
    Object last = reader.next();
    if (last instanceof HttpData) {
      last = reader.next();
    }
    assertThat(last).isInstanceOf(AbortedStreamException.class);
  }

  @Test
  void shouldWriteAShortOneAlsoToWhoRevokedItsOwnToken() throws Exception {
    // given
    HttpRequest request = HttpRequest.of(HttpMethod.POST, "/");
    ServiceRequestContext context = context(request);
    isGood.set(false);
    HttpService service = new JsonService((same, body) -> HttpData.ofUtf8("{\"revoked\":true}"));
    // when
    HttpResponse answer = service.serve(context, request);
    // then
    assertThat(answer.aggregate().get(10, TimeUnit.SECONDS).contentUtf8())
        .isEqualTo("{\"revoked\":true}");
  }
}
