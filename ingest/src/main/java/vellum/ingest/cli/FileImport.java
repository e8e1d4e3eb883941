package vellum.ingest.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.RecordUpload;
import vellum.ingest.importer.ImportReport;
import vellum.ingest.importer.Importer;
import vellum.ingest.importer.RecordSource;
import vellum.ingest.importer.RejectedRows;
import vellum.ingest.importer.RejectsFile;
import vellum.ingest.terminal.ProgressMeter;
import vellum.ingest.terminal.Screen;

/** Imports files one after the other, and sums up. For one thread. */
final class FileImport {

  /** Bad rows that are told on standard error; the rejects file has all. */
  private static final int TOLD = 10;

  private final Screen screen;
  private final Endpoint endpoint;
  private final Settings settings;
  private final SecureRandom random = new SecureRandom();
  private final ImportSummary summary = new ImportSummary();
  private int told;

  /** Opens a file of the kind that is imported. */
  interface Reader {
    RecordSource open(Path file) throws IOException;
  }

  /** How to read the files, whose name to send under, how long to wait for a silent server. */
  record Settings(Reader reader, String producer, int waitSeconds, InstantSource time) {}

  FileImport(Screen screen, Endpoint endpoint, Settings settings) {
    this.screen = screen;
    this.endpoint = endpoint;
    this.settings = settings;
  }

  ImportSummary summary() {
    return summary;
  }

  /** Imports a file; returns when each of its rows is answered. */
  void importFile(Path file, @Nullable RejectsFile rejectsFile) throws IOException {
    String name = String.valueOf(file.getFileName());
    AtomicReference<@Nullable RecordUpload> upload = new AtomicReference<>();
    try (ProgressMeter meter = new ProgressMeter(screen, name, "rows", System::nanoTime)) {
      Importer importer =
          new Importer(
              () -> settings.reader().open(file),
              rejections -> {
                RecordUpload opened = RecordUpload.open(endpoint, rejections, ports(file));
                upload.set(opened);
                return opened;
              },
              rejects(name, rejectsFile),
              meter::at);
      ImportReport report = importer.run();
      RecordUpload done = upload.get();
      summary.add(name, report, done == null ? 0 : done.acknowledged(), meter.elapsed());
    } finally {
      RecordUpload opened = upload.get();
      if (opened != null) {
        opened.close();
      }
    }
  }

  private RecordUpload.Ports ports(Path file) {
    return new RecordUpload.Ports(
        settings.producer(),
        file.toAbsolutePath().normalize().toString(),
        Duration.ofSeconds(settings.waitSeconds()),
        settings.time().millis(),
        System::nanoTime,
        random,
        Executors.defaultThreadFactory());
  }

  private RejectedRows rejects(String name, @Nullable RejectsFile file) {
    return (line, code, field, reason, raw) -> {
      if (file != null) {
        file.rejected(line, code, field, reason, raw);
      }
      if (told++ < TOLD) {
        String place = field.isEmpty() ? "" : " in " + field;
        screen.err().println(name + ", line " + line + ": " + code + place + ": " + reason);
      } else if (told == TOLD + 1) {
        screen.err().println("further rows that were not taken are counted only");
      }
    };
  }
}
