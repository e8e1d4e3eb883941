package vellum.ingest.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.ServiceRequestContext;

/**
 * An answer that is in memory as a whole and too long to be written at once: piece by piece, the
 * next when the one before has gone to the connection. A reader that leaves a piece unread for too
 * long is cut off, as is one whose token was revoked or is over; an answer with fewer bytes than
 * its length is not whole. Used by one thread at a time.
 */
final class LongAnswer {

  /** Bytes of a piece; an answer that has no more is written at once. */
  static final int PIECE = 256 * 1024;

  private final ServiceRequestContext context;
  private final byte[] body;
  private final HttpResponseWriter writer = HttpResponse.streaming();
  private final long readWithinMs;
  private int written;

  private LongAnswer(ServiceRequestContext context, HttpData body) {
    this.context = context;
    this.body = body.array();
    this.readWithinMs = context.requestTimeoutMillis();
  }

  /** An answer that is written at once where it is short, and else piece by piece. */
  static HttpResponse of(ServiceRequestContext context, MediaType type, HttpData body) {
    if (body.length() <= PIECE) {
      return HttpResponse.of(HttpStatus.OK, type, body);
    }
    LongAnswer answer = new LongAnswer(context, body);
    answer.writer.write(
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(type)
            .contentLength(body.length())
            .build());
    answer.write();
    return answer.writer;
  }

  private void next() {
    try {
      Caller.requireStanding(context);
      write();
    } catch (RuntimeException e) {
      writer.close(Faults.brokenOff(e));
    }
  }

  private void write() {
    int length = Math.min(PIECE, body.length - written);
    writer.write(HttpData.wrap(body, written, length));
    written += length;
    if (written == body.length) {
      writer.close();
      return;
    }
    if (readWithinMs > 0) {
      context.setRequestTimeoutMillis(TimeoutMode.SET_FROM_NOW, readWithinMs);
    }
    // Not at once: thousands of pieces would be as many calls within each other.
    writer.whenConsumed().thenRunAsync(this::next, context.eventLoop());
  }
}
