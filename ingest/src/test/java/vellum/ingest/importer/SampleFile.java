package vellum.ingest.importer;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import vellum.v1.DetailRecord;

/** The sample files on the class path, and short ways to read them. */
final class SampleFile {

  private SampleFile() {}

  static Path of(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(SampleFile.class.getResource("/samples/" + name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.list(of("records.csv").getParent())) {
      return files.sorted().toList();
    }
  }

  static List<Row> rows(Path file, ImportOptions options) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (FileSource source = FileSource.open(file, options)) {
      for (Row row = source.next(); row != null; row = source.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  static List<Row> rows(Path directory, String content, ImportFormat format) throws IOException {
    Path file = Files.createTempFile(directory, "rows", "");
    Files.writeString(file, content);
    return rows(file, new ImportOptions(format, null));
  }

  static List<DetailRecord> records(List<Row> rows) {
    return rows.stream()
        .filter(Row.Mapped.class::isInstance)
        .map(row -> ((Row.Mapped) row).record())
        .toList();
  }

  static List<Row.Bad> bad(List<Row> rows) {
    return rows.stream().filter(Row.Bad.class::isInstance).map(Row.Bad.class::cast).toList();
  }

  /** A record from JSON, for expected values. */
  static DetailRecord expected(String json) {
    DetailRecord.Builder record = DetailRecord.newBuilder();
    try {
      JsonFormat.parser().merge(json, record);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
    return record.build();
  }

  /** The record without id and versions, which tests of their own pin. */
  static DetailRecord withoutVersions(DetailRecord record) {
    DetailRecord.Builder bare = record.toBuilder().clearRecordId();
    if (bare.hasSubmission()) {
      bare.getSubmissionBuilder().clearVersion();
    }
    if (bare.hasDelivery()) {
      bare.getDeliveryBuilder().clearVersion();
    }
    if (bare.hasRating()) {
      bare.getRatingBuilder().clearVersion();
    }
    bare.getLegsBuilderList().forEach(leg -> leg.clearVersion());
    return bare.build();
  }
}
