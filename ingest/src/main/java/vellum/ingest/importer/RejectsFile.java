package vellum.ingest.importer;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The file of rows that were not imported, readable by its owner only, because it holds them as
 * they came. Tab-separated; tabs, line ends and backslashes of a row are escaped as {@code \t},
 * {@code \n}, {@code \r} and {@code \\}. For one thread.
 *
 * <pre>
 *   # WARNING ...
 *   line <i>TAB</i> code <i>TAB</i> field <i>TAB</i> reason <i>TAB</i> row
 * </pre>
 */
public final class RejectsFile implements RejectedRows, Closeable {

  /** First line of the file. */
  static final String WARNING =
      "# WARNING: this file holds clear text (numbers, addresses, content) of the rows below."
          + " Delete it when they are dealt with.";

  private static final String COLUMNS = "# line\tcode\tfield\treason\trow";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final BufferedWriter writer;

  private RejectsFile(BufferedWriter writer) {
    this.writer = writer;
  }

  /** Makes a new file; one that is there already is left alone. */
  public static RejectsFile create(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    BufferedWriter writer = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
    try {
      Files.setPosixFilePermissions(file, OWNER_ONLY);
      writer.write(WARNING + '\n' + COLUMNS + '\n');
    } catch (IOException e) {
      writer.close();
      throw e;
    }
    return new RejectsFile(writer);
  }

  @Override
  public void rejected(long line, String code, String field, String reason, String raw)
      throws IOException {
    writer.write(Long.toString(line));
    for (String cell : new String[] {code, field, reason, raw}) {
      writer.write('\t');
      writer.write(escape(cell));
    }
    writer.write('\n');
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }
}
