package vellum.ingest.protocol;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import vellum.v1.DetailRecord;
import vellum.v1.UsageRecord;

/**
 * A record or an event of the usage log that is to be written into a batch: a message, or bytes
 * that were encoded before.
 */
public interface Payload {

  /** Bytes of the record in its Protobuf encoding. */
  int size();

  /** Writes exactly that many bytes to a place. */
  void writeTo(byte[] target, int at) throws IOException;

  /** Whether it is an event of the usage log. */
  default boolean isUsage() {
    return false;
  }

  static Payload of(UsageRecord event) {
    return new Payload() {
      @Override
      public int size() {
        return event.getSerializedSize();
      }

      @Override
      public void writeTo(byte[] target, int at) throws IOException {
        event.writeTo(CodedOutputStream.newInstance(target, at, size()));
      }

      @Override
      public boolean isUsage() {
        return true;
      }
    };
  }

  static Payload of(DetailRecord message) {
    return new Payload() {
      @Override
      public int size() {
        return message.getSerializedSize();
      }

      @Override
      public void writeTo(byte[] target, int at) throws IOException {
        message.writeTo(CodedOutputStream.newInstance(target, at, size()));
      }
    };
  }

  /** A {@link DetailRecord} in its Protobuf encoding; the bytes are copied when it is written. */
  static Payload of(byte[] bytes, int offset, int length) {
    return new Payload() {
      @Override
      public int size() {
        return length;
      }

      @Override
      public void writeTo(byte[] target, int at) {
        System.arraycopy(bytes, offset, target, at, length);
      }
    };
  }
}
