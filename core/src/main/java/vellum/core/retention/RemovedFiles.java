package vellum.core.retention;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import vellum.core.record.Sha256;

/**
 * The files that an erasure removed from the disk.
 *
 * @param at when the last of them was gone, durably
 * @param count of all files
 * @param bytes of all files
 * @param digest SHA-256, in hex, over the list of all files, sorted by name: a line {@code name TAB
 *     bytes LF} each, in UTF-8
 * @param listed the first {@link #MAX_LISTED} of them
 */
public record RemovedFiles(
    Instant at, long count, long bytes, String digest, List<RemovedFile> listed) {

  /** Files that a certificate names; the digest covers the others. */
  public static final int MAX_LISTED = 1000;

  /**
   * A file that is gone.
   *
   * @param name path under the data directory
   */
  public record RemovedFile(String name, long bytes) {

    static final int MAX_NAME_CHARS = 512;

    public RemovedFile {
      if (name.isBlank()
          || name.length() > MAX_NAME_CHARS
          || name.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            "name of a file must have 1 to "
                + MAX_NAME_CHARS
                + " characters, none of them a control: "
                + name.length());
      }
      if (bytes < 0) {
        throw new IllegalArgumentException("bytes of a file must be 0 or more: " + bytes);
      }
    }
  }

  public RemovedFiles {
    ErasureCertificate.checkDigest("digest of the list of files", digest);
    listed = List.copyOf(listed);
    if (listed.size() != Math.min(count, MAX_LISTED) || bytes < 0) {
      throw new IllegalArgumentException(
          "of " + count + " files " + listed.size() + " are listed, " + bytes + " bytes");
    }
  }

  /** What is to be certified of a list of files, in any order. */
  public static RemovedFiles of(Instant at, List<RemovedFile> files) {
    List<RemovedFile> sorted =
        files.stream().sorted(Comparator.comparing(RemovedFile::name)).toList();
    MessageDigest digest = Sha256.begin();
    long bytes = 0;
    for (RemovedFile file : sorted) {
      digest.update((file.name() + "\t" + file.bytes() + "\n").getBytes(StandardCharsets.UTF_8));
      bytes += file.bytes();
    }
    return new RemovedFiles(
        at,
        sorted.size(),
        bytes,
        Sha256.hex(digest),
        sorted.subList(0, Math.min(sorted.size(), MAX_LISTED)));
  }
}
