package vellum.bench.micro;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.IdentityClass;

/**
 * What is done under a month's key for each identity and each record. The identity is a number of
 * twelve digits; one operation is one identity.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CipherBenchmark {

  private static final int TIMES = 1000;
  private static final int FIELD = 0x0102;
  private static final long ACCOUNT = 0x1234_5678_9ABC_DEF0L;
  private static final long ID_HIGH = 0x019A_0000_0000_7000L;
  private static final byte[] NUMBER = "491701234567".getBytes(StandardCharsets.US_ASCII);

  private final byte[] out = new byte[64];
  private final byte[] references = new byte[TIMES * 16];
  private @Nullable MonthCipher cipher;
  private long record;

  /** Makes a key, which is in memory and needs no directory any more. */
  @Setup
  public void open() throws IOException {
    try (SealedTraffic traffic = new SealedTraffic()) {
      cipher = traffic.keys().key(SealedTraffic.MONTH).newCipher();
    }
  }

  /** Starts a record and seals its first identity. */
  @Benchmark
  @OperationsPerInvocation(TIMES)
  public byte sealFirst() {
    MonthCipher open = Objects.requireNonNull(cipher);
    for (int i = 0; i < TIMES; i++) {
      open.record(ACCOUNT, ID_HIGH, record++);
      open.seal(IdentityClass.TEL, FIELD, NUMBER, 0, NUMBER.length, out, 0);
    }
    return out[0];
  }

  /** Seals one more identity of the same record. */
  @Benchmark
  @OperationsPerInvocation(TIMES)
  public byte sealRepeated() {
    MonthCipher open = Objects.requireNonNull(cipher);
    open.record(ACCOUNT, ID_HIGH, record++);
    for (int i = 0; i < TIMES; i++) {
      open.seal(IdentityClass.TEL, FIELD, NUMBER, 0, NUMBER.length, out, 0);
    }
    return out[0];
  }

  /** Makes the pseudonym of an identity. */
  @Benchmark
  @OperationsPerInvocation(TIMES)
  public byte pseudonym() {
    MonthCipher open = Objects.requireNonNull(cipher);
    for (int i = 0; i < TIMES; i++) {
      open.pseudonym(IdentityClass.TEL, NUMBER, 0, NUMBER.length, out, 0);
    }
    return out[0];
  }

  /** Masks the pseudonyms of a record with two; one operation is the record. */
  @Benchmark
  @OperationsPerInvocation(TIMES)
  public byte mask() {
    MonthCipher open = Objects.requireNonNull(cipher);
    for (int i = 0; i < TIMES; i++) {
      open.mask(ID_HIGH, record++, out, 0, 2);
    }
    return out[0];
  }

  /** Encrypts references of the subject index, a thousand in one call. */
  @Benchmark
  @OperationsPerInvocation(TIMES)
  public byte references() {
    Objects.requireNonNull(cipher).encryptReferences(references, 0, TIMES);
    return references[0];
  }
}
