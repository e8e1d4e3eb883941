package vellum.core.disclosure;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.record.CsvCell;
import vellum.core.record.MessageCsv;
import vellum.core.record.Output;

/** Records as lines of CSV: where each comes from, then the fields that may be disclosed. */
final class CsvRecords implements RecordWriter {

  private static final List<String> ORIGIN =
      List.of("source", "identities", "erased_on", "by_rule");

  private final Output out;
  private final MessageCsv fields;
  private final Output cells = new Output(128);
  private @Nullable Origin last;

  CsvRecords(ClassFilter filter, Output out) {
    this.out = out;
    this.fields = new MessageCsv(filter::passes);
  }

  @Override
  public void begin() {
    String header = String.join(",", ORIGIN) + "," + String.join(",", fields.columns());
    byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
    endLine();
  }

  @Override
  public void add(byte[] record, int offset, int length, Origin origin, long number) {
    if (!origin.equals(last)) {
      cells.clear();
      cell(origin.source().title());
      cell(origin.identities());
      cell(origin.erasedOn());
      cell(origin.byRule());
      last = origin;
    }
    out.write(cells.bytes(), 0, cells.size());
    fields.write(record, offset, length, out);
    endLine();
  }

  private void cell(@Nullable String text) {
    if (text != null) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      CsvCell.write(cells, bytes, 0, bytes.length);
    }
    cells.writeByte(',');
  }

  private void endLine() {
    out.writeByte('\r');
    out.writeByte('\n');
  }

  @Override
  public void end() {}
}
