package vellum.ingest.importer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of a file in one of the {@link ImportFormat}s. For one thread. */
public final class FileSource implements RecordSource {

  private final InputFile file;
  private final ImportFormat format;
  private final RowReader rows;
  private long lastLine;
  private boolean ended;

  private FileSource(InputFile file, ImportFormat format, RowReader rows) {
    this.file = file;
    this.format = format;
    this.rows = rows;
  }

  /**
   * Opens a file and finds its format.
   *
   * @throws ImportException when the format is not plain, or the header of a CSV file is bad
   */
  public static FileSource open(Path path, ImportOptions options) throws IOException {
    try {
      return open(InputFile.open(path), path, options);
    } catch (BrokenInput e) {
      throw broken();
    }
  }

  private static FileSource open(InputFile file, Path path, ImportOptions options)
      throws IOException {
    try {
      Start bytes = peek(file.content());
      FormatDetector start = FormatDetector.of(bytes.content);
      ImportFormat named = options.format();
      ImportFormat format = named != null ? named : format(start, bytes, file, path);
      return new FileSource(file, format, rows(file.content(), format, start, options.account()));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** The beginning of the content, and whether the compression breaks within it. */
  private record Start(byte[] content, boolean broken) {}

  private static ImportFormat format(FormatDetector start, Start bytes, InputFile file, Path path) {
    try {
      return start.format();
    } catch (ImportException.UnknownFormat e) {
      if (bytes.broken) {
        throw broken();
      }
      String name = String.valueOf(path.getFileName());
      if (!file.compressed() && bytes.content.length > 0 && name.matches(".*\\.(gz|zst)")) {
        throw new ImportException.BrokenArchive(
            "the file is named as compressed, but neither gzip nor Zstandard begins like it: get it"
                + " again, or rename it");
      }
      throw e;
    }
  }

  private static ImportException broken() {
    return new ImportException.BrokenArchive(
        "the file's compression is broken: get it again, or decompress what can be saved");
  }

  public ImportFormat format() {
    return format;
  }

  @Override
  public @Nullable Row next() throws IOException {
    if (ended) {
      return null;
    }
    try {
      Row row = rows.next();
      if (row == null) {
        ended = true;
        return null;
      }
      lastLine = row.line();
      return row;
    } catch (BrokenInput e) {
      ended = true;
      return new Row.Bad(
          lastLine + 1, "", BadRowCode.BROKEN_FILE, "", e.getMessage() + "; the rest was not read");
    }
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

  private static RowReader rows(
      InputStream in, ImportFormat format, FormatDetector start, @Nullable String account)
      throws IOException {
    return switch (format) {
      case NDJSON -> new NdjsonSource(new LineReader(in), account);
      case CSV -> new CsvSource(new LineReader(in), new CsvRecords(account));
      case INFOBIP -> json(in, format, start, new InfobipRows(account));
      case TWILIO -> json(in, format, start, new TwilioRows(account));
      case VONAGE ->
          start.json()
              ? json(in, format, start, new VonageRows(account))
              : new CsvSource(new LineReader(in), new CsvFields(new VonageRows(account)));
    };
  }

  private static RowReader json(
      InputStream in, ImportFormat format, FormatDetector start, RowMapper mapper)
      throws IOException {
    return start.lines()
        ? new JsonLines(new LineReader(in), mapper)
        : new JsonDocument(in, FormatDetector.ARRAYS.getOrDefault(format, Set.of()), mapper);
  }

  private static Start peek(InputStream in) throws IOException {
    in.mark(FormatDetector.PEEK_BYTES);
    byte[] start = new byte[FormatDetector.PEEK_BYTES];
    int count = 0;
    try {
      count = in.readNBytes(start, 0, start.length);
    } catch (BrokenInput e) {
      // Broken later than its first rows: those rows count, so the reading decides, not the peek.
      in.reset();
      return firstGood(in, start);
    }
    in.reset();
    return new Start(Arrays.copyOf(start, count), false);
  }

  private static Start firstGood(InputStream in, byte[] start) throws IOException {
    int count = 0;
    try {
      for (int b = in.read(); b >= 0 && count < start.length; b = in.read()) {
        start[count++] = (byte) b;
      }
    } catch (BrokenInput e) {
      if (count == 0) {
        throw e;
      }
    }
    in.reset();
    return new Start(Arrays.copyOf(start, count), true);
  }
}
