package vellum.ingest.importer;

import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Moves the rows of a source to a sink: bad rows to the rejected ones, the others on their way. For
 * rows that the server refuses the source is read a second time when all answers are there, so that
 * no row has to be kept while its answer is awaited. For one thread.
 */
public final class Importer {

  /** Rows between two calls of the progress listener. */
  static final int PROGRESS_ROWS = 1024;

  private final Sources sources;
  private final RecordSink.Factory sinks;
  private final RejectedRows rejects;
  private final Progress progress;

  /** Opens the file from its beginning. */
  public interface Sources {
    RecordSource open() throws IOException;
  }

  /** Hears how far the import is, now and then and at its end. Called by the importing thread. */
  public interface Progress {
    void at(long bytesRead, long bytesTotal, long rows);
  }

  public Importer(
      Sources sources, RecordSink.Factory sinks, RejectedRows rejects, Progress progress) {
    this.sources = sources;
    this.sinks = sinks;
    this.rejects = rejects;
    this.progress = progress;
  }

  /** Imports all rows and waits until each is answered. */
  public ImportReport run() throws IOException {
    Rejections rejections = new Rejections();
    RecordSink sink = sinks.open(rejections);
    SortedMap<String, Long> unmappable = new TreeMap<>();
    long read = 0;
    long sent = 0;
    try (RecordSource source = sources.open()) {
      for (Row row = source.next(); row != null; row = source.next()) {
        read++;
        if (row instanceof Row.Mapped mapped) {
          sink.send(mapped.record(), read);
          sent++;
        } else if (row instanceof Row.Usage usage) {
          sink.sendUsage(usage.event(), read);
          sent++;
        } else if (row instanceof Row.Bad bad) {
          unmappable.merge(bad.code().name(), 1L, Long::sum);
          rejects.rejected(bad.line(), bad.code().name(), bad.field(), bad.reason(), bad.raw());
        }
        if (read % PROGRESS_ROWS == 0) {
          progress.at(source.bytesRead(), source.bytesTotal(), read);
        }
      }
      sink.flush();
      progress.at(source.bytesTotal(), source.bytesTotal(), read);
    }
    writeRejected(rejections);
    return new ImportReport(read, sent, unmappable, rejections.counts());
  }

  private void writeRejected(Rejections rejections) throws IOException {
    long lastRow = rejections.lastRow();
    if (lastRow == 0) {
      return;
    }
    try (RecordSource source = sources.open()) {
      Row row = source.next();
      for (long number = 1; row != null && number <= lastRow; number++) {
        Rejections.Rejection rejection = rejections.of(number);
        if (rejection != null) {
          rejects.rejected(row.line(), rejection.code(), "", rejection.reason(), row.raw());
        }
        row = source.next();
      }
    }
  }
}
