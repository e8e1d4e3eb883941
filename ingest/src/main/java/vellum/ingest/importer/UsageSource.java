package vellum.ingest.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import vellum.v1.UsageRecord;

/**
 * The rows of a file of usage: one event a line in the Protobuf JSON mapping of {@link
 * UsageRecord}, plain or compressed. Unknown fields are errors. For one thread.
 */
public final class UsageSource implements RecordSource {

  private final InputFile file;
  private final LineReader lines;
  private long lastLine;
  private boolean ended;

  private UsageSource(InputFile file) {
    this.file = file;
    this.lines = new LineReader(file.content());
  }

  /** Opens a file. */
  public static UsageSource open(Path path) throws IOException {
    try {
      return new UsageSource(InputFile.open(path));
    } catch (BrokenInput e) {
      throw new ImportException.BrokenArchive(
          "the file's compression is broken: get it again, or decompress what can be saved");
    }
  }

  @Override
  public @Nullable Row next() throws IOException {
    if (ended) {
      return null;
    }
    try {
      LineReader.Line line = lines.next();
      while (line != null && line.fault() == null && line.text().isBlank()) {
        line = lines.next();
      }
      if (line == null) {
        ended = true;
        return null;
      }
      lastLine = line.number();
      return row(line);
    } catch (BrokenInput e) {
      ended = true;
      return new Row.Bad(
          lastLine + 1, "", BadRowCode.BROKEN_FILE, "", e.getMessage() + "; the rest was not read");
    }
  }

  private static Row row(LineReader.Line line) {
    try {
      if (line.fault() != null) {
        throw line.fault();
      }
      return new Row.Usage(line.number(), line.text(), event(line.text()));
    } catch (BadRow e) {
      return e.at(line.number(), line.text());
    }
  }

  private static UsageRecord event(String text) {
    JsonNode tree = JsonRecords.tree(text);
    if (!tree.isObject()) {
      throw new BadRow(BadRowCode.BAD_JSON, "", "not a JSON object");
    }
    UsageRecord.Builder event = UsageRecord.newBuilder();
    try {
      JsonRecords.RECORDS.merge(text, event);
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      throw MisfitField.of(tree, UsageRecord.getDefaultInstance());
    }
    return event.build();
  }

  @Override
  public long bytesRead() {
    return file.bytesRead();
  }

  @Override
  public long bytesTotal() {
    return file.bytesTotal();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
