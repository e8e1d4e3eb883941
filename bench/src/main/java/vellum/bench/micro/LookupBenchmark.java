package vellum.bench.micro;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.openjdk.jmh.infra.Blackhole;
import vellum.core.crypto.MonthCipher;
import vellum.core.crypto.MonthKey;
import vellum.core.record.IdentityClass;
import vellum.core.record.MessageJson;
import vellum.core.record.Output;
import vellum.core.seal.ContentSource;
import vellum.core.seal.Identities;
import vellum.core.seal.PartyProof;
import vellum.core.seal.RecordOpener;
import vellum.core.seal.SealedRecord;
import vellum.v1.DetailRecord;

/**
 * What an answer takes for each record behind the store: opened and masked, written as JSON; and by
 * the way of Protobuf's own objects and printer, for comparison. One operation is one record, but
 * for {@link #newCipher}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LookupBenchmark {

  private static final int RECORDS = 500;
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace().preservingProtoFieldNames();

  private final RecordOpener opener = new RecordOpener();
  private final MessageJson json = MessageJson.ofRecords();
  private final Output out = new Output(1 << 20);
  private final List<SealedRecord> records = new ArrayList<>();
  private final List<byte[]> messages = new ArrayList<>();
  private final List<DetailRecord> opened = new ArrayList<>();
  private @Nullable MonthKey key;
  private @Nullable MonthCipher cipher;
  private @Nullable PartyProof proof;

  /** Makes sealed records; keys are in memory and need no directory any more. */
  @Setup
  public void open() throws IOException {
    try (SealedTraffic traffic = new SealedTraffic()) {
      records.addAll(SealedTraffic.records(traffic.batch(RECORDS)));
      MonthKey made = traffic.keys().key(SealedTraffic.MONTH);
      MonthCipher first = made.newCipher();
      key = made;
      cipher = first;
      byte[] nobody = "10000000".getBytes(StandardCharsets.US_ASCII);
      proof = new PartyProof(IdentityClass.TEL, nobody, first);
      for (SealedRecord record : records) {
        Output message = opener.encode(record, Identities.MASKED, first, ContentSource.NONE);
        messages.add(Arrays.copyOf(message.bytes(), message.size()));
        opened.add(RecordOpener.parse(message));
      }
    }
  }

  /** Opens each record in its encoding and writes it. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int openAndWrite() {
    MonthCipher open = Objects.requireNonNull(cipher);
    out.clear();
    for (SealedRecord record : records) {
      Output message = opener.encode(record, Identities.MASKED, open, ContentSource.NONE);
      json.write(message.bytes(), 0, message.size(), out);
    }
    return out.size();
  }

  /** Opens each record as an object and prints it. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void openAndPrint(Blackhole sink) throws InvalidProtocolBufferException {
    MonthCipher open = Objects.requireNonNull(cipher);
    for (SealedRecord record : records) {
      DetailRecord object = opener.open(record, Identities.MASKED, open);
      sink.consume(PRINTER.print(object).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Opens each record in its encoding. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void encode(Blackhole sink) {
    MonthCipher open = Objects.requireNonNull(cipher);
    for (SealedRecord record : records) {
      sink.consume(opener.encode(record, Identities.MASKED, open, ContentSource.NONE).size());
    }
  }

  /** Writes records that are open. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int write() {
    out.clear();
    for (byte[] message : messages) {
      json.write(message, 0, message.length, out);
    }
    return out.size();
  }

  /** Prints records that are objects. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void print(Blackhole sink) throws InvalidProtocolBufferException {
    for (DetailRecord record : opened) {
      sink.consume(PRINTER.print(record).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Looks for somebody in each record, who is in none: all numbers are opened. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void prove(Blackhole sink) {
    PartyProof of = Objects.requireNonNull(proof);
    for (SealedRecord record : records) {
      sink.consume(of.isIn(record));
    }
  }

  /** Makes a month's cipher: twice an answer. */
  @Benchmark
  public MonthCipher newCipher() {
    return Objects.requireNonNull(key).newCipher();
  }
}
