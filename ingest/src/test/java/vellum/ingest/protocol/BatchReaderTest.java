package vellum.ingest.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vellum.v1.Batch;
import vellum.v1.DetailRecord;
import vellum.v1.FailureCode;
import vellum.v1.Frame;
import vellum.v1.RecordList;
import vellum.v1.UsageRecord;

final class BatchReaderTest {

  private static final int MAX_RECORDS = 100;
  private static final int MAX_INFLATED = 64 * 1024;

  private final BatchReader reader = new BatchReader(MAX_RECORDS, MAX_INFLATED);

  @AfterEach
  void close() {
    reader.close();
  }

  private static DetailRecord record(int number, int padding) {
    return DetailRecord.newBuilder()
        .setRecordId(Integer.toString(number))
        .setAccount("a".repeat(padding))
        .build();
  }

  private static List<DetailRecord> records(int count, int padding) {
    List<DetailRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(record(i, padding));
    }
    return records;
  }

  private static Batch.Builder batch(List<DetailRecord> records) {
    return Batch.newBuilder().setFirstSequence(7).addAllRecords(records);
  }

  private static RawFrame raw(Batch.Builder batch) {
    return RawFrame.of(Frame.newBuilder().setBatch(batch).build().toByteArray());
  }

  private static RawFrame raw(BatchFrame frame) {
    int start = frame.offset() + FrameLayout.HEADER_BYTES;
    return RawFrame.of(Arrays.copyOfRange(frame.bytes(), start, frame.offset() + frame.length()));
  }

  private static BatchFrame written(List<DetailRecord> records) {
    BatchWriter writer = new BatchWriter(0, 1 << 20);
    records.forEach(each -> assertThat(writer.add(Payload.of(each))).isTrue());
    return writer.frame(7);
  }

  private List<DetailRecord> read() throws InvalidProtocolBufferException {
    List<DetailRecord> records = new ArrayList<>();
    while (reader.next()) {
      records.add(
          DetailRecord.parseFrom(
              ByteString.copyFrom(reader.buffer(), reader.offset(), reader.length())));
    }
    return records;
  }

  @Test
  void shouldReadUsageBetweenRecordsInTheOrderOfTheWire() throws Exception {
    // given
    UsageRecord event = UsageRecord.newBuilder().setEventId("e1").setActor("jane").build();
    BatchWriter writer = new BatchWriter(0, 1 << 20);
    writer.add(Payload.of(record(1, 5)));
    writer.add(Payload.of(event));
    writer.add(Payload.of(record(2, 5)));
    BatchFrame plain = writer.frame(7);

    for (BatchFrame frame : List.of(plain, BatchWriter.compressed(plain, 3))) {
      // when
      assertThat(reader.open(raw(frame), true)).isNull();

      // then
      assertThat(reader.records()).isEqualTo(3);
      assertThat(reader.next()).isTrue();
      assertThat(reader.isUsage()).isFalse();
      assertThat(reader.next()).isTrue();
      assertThat(reader.isUsage()).isTrue();
      assertThat(
              UsageRecord.parseFrom(
                  ByteString.copyFrom(reader.buffer(), reader.offset(), reader.length())))
          .isEqualTo(event);
      assertThat(reader.next()).isTrue();
      assertThat(reader.isUsage()).isFalse();
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void shouldReadUsageAsAnOrdinaryEncoderWritesIt() {
    Batch.Builder batch = batch(records(2, 3)).addUsage(UsageRecord.newBuilder().setEventId("e1"));

    assertThat(reader.open(raw(batch), false)).isNull();

    List<Boolean> usage = new ArrayList<>();
    while (reader.next()) {
      usage.add(reader.isUsage());
    }
    assertThat(usage).containsExactly(false, false, true);
    assertThat(reader.lastSequence()).isEqualTo(9);
  }

  private void checkReads(RawFrame frame, List<DetailRecord> records) throws Exception {
    assertThat(reader.open(frame, true)).isNull();
    assertThat(reader.firstSequence()).isEqualTo(7);
    assertThat(reader.lastSequence()).isEqualTo(6 + records.size());
    assertThat(reader.records()).isEqualTo(records.size());
    assertThat(read()).isEqualTo(records);
  }

  private void checkRefuses(RawFrame frame, FailureCode code) {
    assertThat(reader.open(frame, true)).extracting(CorruptFrame::code).isEqualTo(code);
  }

  private static Batch.Builder compressed(byte[] bytes) {
    return Batch.newBuilder().setFirstSequence(7).setCompressed(ByteString.copyFrom(bytes));
  }

  @Test
  void shouldReadWhatProtobufWrites() throws Exception {
    checkReads(raw(batch(records(3, 5))), records(3, 5));
    checkReads(raw(batch(records(100, 300))), records(100, 300));
    checkReads(raw(batch(List.of(DetailRecord.getDefaultInstance()))), records0());
  }

  private static List<DetailRecord> records0() {
    return List.of(DetailRecord.getDefaultInstance());
  }

  @Test
  void shouldReadWhatTheWriterWritesAsProtobufDoes() throws Exception {
    for (int count : new int[] {1, 2, 99}) {
      for (int padding : new int[] {0, 100, 200, 20_000 / count}) {
        BatchFrame frame = written(records(count, padding));
        checkReads(raw(frame), records(count, padding));
        byte[] bytes = raw(frame).bytes();
        assertThat(Frame.parseFrom(bytes))
            .isEqualTo(Frame.newBuilder().setBatch(batch(records(count, padding))).build());
        checkReads(raw(BatchWriter.compressed(frame, 1)), records(count, padding));
      }
    }
  }

  @Test
  void shouldFillABatchToItsBoundAndNotFurther() {
    BatchWriter writer = new BatchWriter(1 << 20, 100);
    DetailRecord each = record(1, 20);
    int added = 0;
    while (writer.add(Payload.of(each))) {
      added++;
    }
    int size = BatchWriter.sizeInBatch(each.getSerializedSize());
    assertThat(added).isEqualTo(100 / size);
    assertThat(writer.size()).isEqualTo(added * size);
    assertThat(writer.records()).isEqualTo(added);
  }

  @Test
  void shouldRefuseTooManyRecords() {
    checkRefuses(raw(batch(records(101, 0))), FailureCode.BATCH_TOO_LARGE);
    byte[] list = RecordList.newBuilder().addAllRecords(records(101, 0)).build().toByteArray();
    checkRefuses(raw(compressed(Zstd.compress(list))), FailureCode.BATCH_TOO_LARGE);
  }

  @Test
  void shouldRefuseAnEmptyBatch() {
    checkRefuses(raw(batch(List.of())), FailureCode.GARBLED_FRAME);
  }

  @Test
  void shouldRefuseBadSequences() {
    checkRefuses(raw(batch(records(1, 0)).setFirstSequence(0)), FailureCode.BAD_SEQUENCE);
    checkRefuses(raw(batch(records(1, 0)).setFirstSequence(-1)), FailureCode.BAD_SEQUENCE);
    checkRefuses(
        raw(batch(records(2, 0)).setFirstSequence(Long.MAX_VALUE - 1)), FailureCode.BAD_SEQUENCE);
  }

  @Test
  void shouldRefuseUnknownFields() {
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(9, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    checkRefuses(raw(batch(records(1, 0)).setUnknownFields(unknown)), FailureCode.GARBLED_FRAME);
  }

  @Test
  void shouldRefuseASecondBody() throws Exception {
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.write(Frame.newBuilder().setBatch(batch(records(1, 0))).build().toByteArray());
    two.write(Frame.newBuilder().setBatch(batch(records(1, 0))).build().toByteArray());
    checkRefuses(RawFrame.of(two.toByteArray()), FailureCode.GARBLED_FRAME);
  }

  @Test
  void shouldRefuseRecordsBesideCompressedOnes() {
    checkRefuses(
        raw(batch(records(1, 0)).setCompressed(ByteString.copyFromUtf8("x"))),
        FailureCode.GARBLED_FRAME);
  }

  @Test
  void shouldRefuseCompressionThatWasNotAgreed() {
    RawFrame frame = raw(BatchWriter.compressed(written(records(3, 0)), 1));
    assertThat(reader.open(frame, false))
        .extracting(CorruptFrame::code)
        .isEqualTo(FailureCode.BAD_COMPRESSION);
  }

  @Test
  void shouldRefuseWhatIsNotZstandard() {
    checkRefuses(raw(compressed(new byte[] {1, 2, 3})), FailureCode.BAD_COMPRESSION);
  }

  @Test
  void shouldRefuseABombByWhatItDeclares() {
    checkRefuses(
        raw(compressed(Zstd.compress(new byte[MAX_INFLATED + 1]))), FailureCode.BAD_COMPRESSION);
  }

  @Test
  void shouldRefuseASizeThatIsNotDeclared() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = new com.github.luben.zstd.ZstdOutputStream(bytes)) {
      out.write(RecordList.newBuilder().addAllRecords(records(3, 0)).build().toByteArray());
    }
    checkRefuses(raw(compressed(bytes.toByteArray())), FailureCode.BAD_COMPRESSION);
  }

  @Test
  void shouldRefuseATruncatedFrame() {
    byte[] whole = raw(batch(records(3, 5))).bytes();
    for (int length = 1; length < whole.length; length++) {
      checkRefuses(RawFrame.of(Arrays.copyOf(whole, length)), FailureCode.GARBLED_FRAME);
    }
  }

  @Test
  void shouldStayInsideTheFrameWhateverItHolds() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    byte[] plain = raw(written(records(5, 30))).bytes();
    byte[] packed = raw(BatchWriter.compressed(written(records(5, 30)), 1)).bytes();
    int readable = 0;
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = (random.nextBoolean() ? plain : packed).clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[1 + random.nextInt(bytes.length - 1)] = (byte) random.nextInt();
      }
      if (reader.open(RawFrame.of(bytes), true) == null) {
        readable++;
        int count = 0;
        while (reader.next()) {
          count++;
          assertThat(reader.length()).isNotNegative();
          assertThat(reader.offset() + reader.length()).isLessThanOrEqualTo(reader.buffer().length);
        }
        assertThat(count).isEqualTo(reader.records());
      }
    }
    assertThat(readable).isPositive();
  }
}
