package vellum.ingest.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The samples that come with this program: providers' files, and accounts. Stateless. */
final class SampleFiles {

  private static final String PLACE = "/vellum/samples/";

  private static final String ACCOUNTS = "/vellum/accounts.yaml";

  /** In the order in which they are imported. */
  static final List<String> NAMES =
      List.of(
          "infobip-sms-logs.json",
          "infobip-sms-reports.json",
          "infobip-email-reports.json",
          "infobip-calls.json",
          "twilio-messages.json",
          "twilio-calls.json",
          "vonage-records.json",
          "vonage-sms.csv",
          "records.ndjson",
          "records.csv");

  private SampleFiles() {}

  /** {@code config/accounts.yaml}. */
  static byte[] accounts() throws IOException {
    try (InputStream in = SampleFiles.class.getResourceAsStream(ACCOUNTS)) {
      if (in == null) {
        throw new NoSuchFileException("class path:" + ACCOUNTS);
      }
      return in.readAllBytes();
    }
  }

  /** Copies them into a new directory. */
  static List<Path> copyTo(Path directory) throws IOException {
    Files.createDirectory(directory);
    List<Path> files = new ArrayList<>();
    for (String name : NAMES) {
      try (InputStream in = SampleFiles.class.getResourceAsStream(PLACE + name)) {
        if (in == null) {
          throw new NoSuchFileException("class path:" + PLACE + name);
        }
        Path file = directory.resolve(name);
        Files.copy(in, file);
        files.add(file);
      }
    }
    return List.copyOf(files);
  }
}
