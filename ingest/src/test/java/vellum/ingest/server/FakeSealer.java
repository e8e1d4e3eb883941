package vellum.ingest.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import vellum.core.seal.Rejected;
import vellum.core.seal.SealedBatch;
import vellum.core.seal.SealedBatches;
import vellum.v1.DetailRecord;
import vellum.v1.RejectionCode;

/**
 * Sealer whose body has eight bytes for each record: the number in its record_id, or -1 when it was
 * rejected.
 */
public final class FakeSealer implements RecordSealer {

  private Predicate<String> accountAllowed = account -> true;
  private final List<Long> numbers = new ArrayList<>();
  private final int full;
  private final List<Rejected> rejected = new ArrayList<>();

  public FakeSealer() {
    this(Integer.MAX_VALUE);
  }

  /**
   * @param full records after which a batch is full
   */
  FakeSealer(int full) {
    this.full = full;
  }

  @Override
  public boolean isFull() {
    return numbers.size() >= full;
  }

  @Override
  public void begin(Predicate<String> allowed) {
    accountAllowed = allowed;
    numbers.clear();
    rejected.clear();
  }

  @Override
  public void add(byte[] record, int offset, int length) {
    RejectionCode code = RejectionCode.REJECTION_CODE_UNSPECIFIED;
    long number = -1;
    try {
      DetailRecord message = DetailRecord.parseFrom(ByteString.copyFrom(record, offset, length));
      if (!accountAllowed.test(message.getAccount())) {
        code = RejectionCode.ACCOUNT_NOT_ALLOWED;
      } else if (message.getRecordId().isEmpty()) {
        code = RejectionCode.MISSING_ID;
      } else {
        number = Long.parseLong(message.getRecordId());
      }
    } catch (InvalidProtocolBufferException e) {
      code = RejectionCode.MALFORMED_RECORD;
    }
    if (number < 0) {
      rejected.add(new Rejected(numbers.size(), code.getNumber(), "made up"));
    }
    numbers.add(number);
  }

  @Override
  public void addUsage(byte[] event, int offset, int length) {
    throw new AssertionError("these tests send no usage");
  }

  @Override
  public SealedBatch finish() {
    ByteBuffer body = ByteBuffer.allocate(numbers.size() * Long.BYTES);
    numbers.forEach(body::putLong);
    return SealedBatches.of(body.array(), numbers.size(), rejected);
  }

  @Override
  public void dropDestroyed() {
    // It holds no keys.
  }
}
