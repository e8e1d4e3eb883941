package vellum.core.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Tells a disk that is full from other failures, by the words of the system. Stateless. */
public final class DiskFull {

  private static final String WORDS = "no space left";
  private static final String QUOTA = "quota exceeded";

  private DiskFull() {}

  /** Whether a failure says that there is no room. */
  public static boolean isIn(IOException failure) {
    String reason = failure instanceof FileSystemException system ? system.getReason() : "";
    String words = (failure.getMessage() + " " + reason).toLowerCase(Locale.ROOT);
    return words.contains(WORDS) || words.contains(QUOTA);
  }
}
