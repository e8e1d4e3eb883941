package vellum.ingest.client;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import vellum.v1.RejectionCode;

/** Counts the outcomes of records by their number. */
final class Tally {

  private final ConcurrentLinkedQueue<Long> taken = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<RejectionCode> rejected = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<ClientException> failed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answers = new AtomicInteger();

  Outcome of(long number) {
    return new Outcome() {
      @Override
      public void taken(long sequence) {
        taken.add(number);
        answers.incrementAndGet();
      }

      @Override
      public void rejected(long sequence, RejectionCode code, String reason) {
        rejected.add(code);
        answers.incrementAndGet();
      }

      @Override
      public void failed(ClientException cause) {
        failed.add(cause);
        answers.incrementAndGet();
      }
    };
  }

  int answers() {
    return answers.get();
  }

  List<Long> taken() {
    return List.copyOf(taken);
  }

  List<RejectionCode> rejected() {
    return List.copyOf(rejected);
  }

  List<ClientException> failed() {
    return List.copyOf(failed);
  }
}
