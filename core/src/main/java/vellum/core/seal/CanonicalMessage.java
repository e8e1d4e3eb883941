package vellum.core.seal;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import vellum.core.record.BadRecord;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;
import vellum.v1.RejectionCode;
import vellum.v1.UsageRecord;

/**
 * Messages encoded anew: their fields in ascending order, each once. For those whose encoder did
 * otherwise. Stateless.
 */
final class CanonicalMessage {

  private CanonicalMessage() {}

  /** A record, its legs by number. */
  static byte[] ofRecord(byte[] record, int offset, int length) {
    try {
      DetailRecord.Builder parsed =
          DetailRecord.parser().parseFrom(record, offset, length).toBuilder();
      List<Leg> legs = new ArrayList<>(parsed.getLegsList());
      legs.sort(Comparator.comparingInt(leg -> leg.getNumber()));
      return parsed.clearLegs().addAllLegs(legs).build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw malformed();
    }
  }

  /** An event of the usage log. */
  static byte[] ofEvent(byte[] event, int offset, int length) {
    try {
      return UsageRecord.parser().parseFrom(event, offset, length).toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw malformed();
    }
  }

  static BadRecord malformed() {
    return new BadRecord(
        RejectionCode.MALFORMED_RECORD, "the bytes are not a Protobuf message of the schema");
  }
}
