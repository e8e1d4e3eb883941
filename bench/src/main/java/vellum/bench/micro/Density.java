package vellum.bench.micro;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import vellum.core.record.Field;
import vellum.core.record.MessageShape;
import vellum.core.seal.EntryReader;
import vellum.core.seal.PeriodGate;
import vellum.core.seal.SealedBatch;
import vellum.v1.DetailRecord;

/**
 * How much of everything a whole record of generated traffic has, on average.
 *
 * @param messageBytes in Protobuf's encoding
 * @param bodyBytes of the sealed batch
 * @param rowBytes of the sealed row
 * @param identities that are indexed, each of which is sealed too
 * @param texts sealed besides
 */
record Density(
    double messageBytes, double bodyBytes, double rowBytes, double identities, double texts) {

  private static final int RECORDS = 2000;

  /** Counts some thousand records. */
  static Density ofTraffic() {
    try (SealedTraffic traffic = new SealedTraffic()) {
      List<byte[]> messages = traffic.messages(RECORDS);
      SealedBatch batch = SealedTraffic.seal(traffic.sealer(PeriodGate.ALWAYS), messages);
      long bytes = 0;
      long texts = 0;
      for (byte[] message : messages) {
        bytes += message.length;
        texts += sealedTexts(DetailRecord.parseFrom(message), MessageShape.DETAIL_RECORD);
      }
      long rows = 0;
      long identities = 0;
      EntryReader entries = new EntryReader().over(batch.body(), 0, batch.length());
      while (entries.next()) {
        rows += entries.rowLength();
        identities += entries.identities();
      }
      double count = messages.size();
      return new Density(
          bytes / count, batch.length() / count, rows / count, identities / count, texts / count);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("generated traffic is garbled", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make keys", e);
    }
  }

  /** Texts that are sealed whatever they say; identifiers are counted by what is indexed. */
  private static long sealedTexts(Message message, MessageShape shape) {
    long count = 0;
    for (var entry : message.getAllFields().entrySet()) {
      Field field = shape.required(entry.getKey().getNumber());
      MessageShape inner = field.message();
      if (field.sealed()) {
        count++;
      } else if (inner != null && field.kind() == Field.Kind.MESSAGE) {
        List<?> values =
            entry.getValue() instanceof List<?> list ? list : List.of(entry.getValue());
        for (Object value : values) {
          count += sealedTexts((Message) value, inner);
        }
      }
    }
    return count;
  }
}
