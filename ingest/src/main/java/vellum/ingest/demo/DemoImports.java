package vellum.ingest.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.RecordUpload;
import vellum.ingest.importer.FileSource;
import vellum.ingest.importer.ImportOptions;
import vellum.ingest.importer.ImportReport;
import vellum.ingest.importer.Importer;
import vellum.ingest.importer.RecordSink;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.Table;
import vellum.v1.DetailRecord;

/** The demo's step that imports the samples of providers' files. For one thread. */
final class DemoImports {

  private static final String PROVIDERS_ACCOUNT = "spreebank";

  private final DemoReport report;
  private final Endpoint endpoint;
  private final BiFunction<String, InstantSource, RecordUpload.Ports> ports;

  DemoImports(
      DemoReport report,
      Endpoint endpoint,
      BiFunction<String, InstantSource, RecordUpload.Ports> ports) {
    this.report = report;
    this.endpoint = endpoint;
    this.ports = ports;
  }

  void run(Path directory, SentLedger ledger, DemoChecks checks, InstantSource clock)
      throws IOException {
    report.step("Providers' files are imported: rows read, rows taken");
    long before = checks.records();
    Set<String> ids = new HashSet<>();
    Table table = new Table("FILE", ">ROWS", ">TAKEN");
    long rows = 0;
    long taken = 0;
    for (Path file : SampleFiles.copyTo(directory)) {
      AtomicReference<@Nullable Watched> sink = new AtomicReference<>();
      try {
        ImportReport done =
            new Importer(
                    () -> FileSource.open(file, new ImportOptions(null, PROVIDERS_ACCOUNT)),
                    rejections -> {
                      RecordUpload upload =
                          RecordUpload.open(
                              endpoint, rejections, ports.apply(file.toString(), clock));
                      Watched watched = new Watched(upload, ledger, ids);
                      sink.set(watched);
                      return watched;
                    },
                    (line, code, field, reason, raw) ->
                        report.fact("line " + line + ": " + code + " " + field + ": " + reason),
                    (bytesRead, bytesTotal, at) -> {})
                .run();
        Watched watched = sink.get();
        long took = watched == null ? 0 : watched.upload.acknowledged();
        table.row(
            String.valueOf(file.getFileName()), Figures.count(done.read()), Figures.count(took));
        rows += done.read();
        taken += took;
      } finally {
        Watched watched = sink.get();
        if (watched != null) {
          watched.upload.close();
        }
      }
    }
    report.table(table);
    report.checkEqual("every row is taken", rows, taken);
    report.checkEqual("distinct records of them", ids.size(), checks.records() - before);
  }

  /** Notes in the ledger what goes through. */
  private static final class Watched implements RecordSink {
    private final RecordUpload upload;
    private final SentLedger ledger;
    private final Set<String> ids;

    Watched(RecordUpload upload, SentLedger ledger, Set<String> ids) {
      this.upload = upload;
      this.ledger = ledger;
      this.ids = ids;
    }

    @Override
    public void send(DetailRecord record, long row) {
      ledger.sent(record);
      ids.add(record.getRecordId());
      upload.send(record, row);
    }

    @Override
    public void flush() {
      upload.flush();
    }
  }
}
