package vellum.ingest.scan;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of values, one a line, in UTF-8; empty lines and lines that begin with "#" are left out.
 * Stateless.
 */
public final class ValuesFile {

  private static final long MOST_BYTES = 256L << 20;

  private ValuesFile() {}

  /**
   * Reads it.
   *
   * @throws ScanException.BadValues naming the line, never what stands there
   */
  public static ValueSet read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new ScanException.BadValues("the file of values has more than 256 MiB");
    }
    ValueSet values = new ValueSet();
    int line = 0;
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String value = in.readLine(); value != null; value = in.readLine()) {
        line++;
        if (value.isBlank() || value.startsWith("#")) {
          continue;
        }
        switch (values.add(value, line)) {
          case ADDED, KNOWN -> {}
          case TOO_SHORT_OR_LONG ->
              throw new ScanException.BadValues(
                  "line "
                      + line
                      + " of the values: a number has 7 to 18 digits, any other text 6 to 254"
                      + " bytes");
          case TOO_MANY ->
              throw new ScanException.BadValues(
                  "more than " + ValueSet.MOST_VALUES + " values, at line " + line);
        }
      }
    } catch (CharacterCodingException e) {
      throw new ScanException.BadValues("the values are not UTF-8, after line " + line);
    }
    if (values.size() == 0) {
      throw new ScanException.BadValues("there are no values to look for");
    }
    return values;
  }
}
