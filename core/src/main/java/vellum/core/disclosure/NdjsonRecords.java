package vellum.core.disclosure;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import vellum.core.record.JsonString;
import vellum.core.record.MessageJson;
import vellum.core.record.Output;

/** Records as JSON objects, one a line: where each comes from, then itself. */
final class NdjsonRecords implements RecordWriter {

  private final Output out;
  private final MessageJson json = MessageJson.ofRecords();
  private byte[] head = new byte[0];
  private @Nullable Origin last;

  NdjsonRecords(Output out) {
    this.out = out;
  }

  @Override
  public void begin() {}

  @Override
  public void add(byte[] record, int offset, int length, Origin origin, long number) {
    if (!origin.equals(last)) {
      head = head(origin).getBytes(StandardCharsets.UTF_8);
      last = origin;
    }
    out.write(head, 0, head.length);
    json.write(record, offset, length, out);
    out.writeByte('}');
    out.writeByte('\n');
  }

  private static String head(Origin origin) {
    StringBuilder head = new StringBuilder("{\"source\":");
    JsonString.append(head, origin.source().title());
    head.append(",\"identities\":");
    JsonString.append(head, origin.identities());
    if (origin.erasedOn() != null) {
      head.append(",\"erased_on\":");
      JsonString.append(head, origin.erasedOn());
    }
    if (origin.byRule() != null) {
      head.append(",\"by_rule\":");
      JsonString.append(head, origin.byRule());
    }
    return head.append(",\"record\":").toString();
  }

  @Override
  public void end() {}
}
