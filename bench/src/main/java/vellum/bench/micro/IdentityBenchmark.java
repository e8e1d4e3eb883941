package vellum.bench.micro;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import vellum.core.record.CanonicalIdentity;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.Submission;

/**
 * Canonical forms of the identifiers of generated records: numbers, mail addresses, chat ids,
 * sender ids. One operation is one identifier.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IdentityBenchmark {

  private static final int IDENTIFIERS = 500;

  private final CanonicalIdentity identity = new CanonicalIdentity();
  private final int[] kinds = new int[IDENTIFIERS];
  private final byte[][] values = new byte[IDENTIFIERS][];

  /** Takes the first identifiers of generated records. */
  @Setup
  public void open() throws IOException {
    List<Identifier> all = new ArrayList<>();
    try (SealedTraffic traffic = new SealedTraffic()) {
      while (all.size() < IDENTIFIERS) {
        all.addAll(identifiers(traffic.messages(1).get(0)));
      }
    }
    for (int i = 0; i < IDENTIFIERS; i++) {
      kinds[i] = all.get(i).getKindValue();
      values[i] = all.get(i).getValue().getBytes(StandardCharsets.UTF_8);
    }
  }

  private static List<Identifier> identifiers(byte[] message)
      throws InvalidProtocolBufferException {
    Submission submission = DetailRecord.parseFrom(message).getSubmission();
    List<Identifier> both = new ArrayList<>(submission.getSender().getIdentifiersList());
    both.addAll(submission.getRecipient().getIdentifiersList());
    return both;
  }

  /** Reads each identifier. */
  @Benchmark
  @OperationsPerInvocation(IDENTIFIERS)
  public int canonical() {
    int bytes = 0;
    for (int i = 0; i < IDENTIFIERS; i++) {
      bytes += identity.read(kinds[i], values[i], 0, values[i].length).length();
    }
    return bytes;
  }
}
