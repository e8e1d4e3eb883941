package vellum.ingest.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vellum.ingest.scan.ByteForm;
import vellum.ingest.scan.DirectoryScan;
import vellum.ingest.scan.Findings;
import vellum.ingest.scan.ValueSet;
import vellum.ingest.terminal.Figures;

/** The demo's steps that look at the disk itself. For one thread. */
final class DiskCheck {

  private static final int NOISE_BYTES = 100_000;
  private static final long NOISE_SEED = 7;

  private static final DirectoryScan.Progress NOBODY = (done, total) -> {};

  private final DemoReport report;
  private final SentLedger ledger;
  private final DirectoryScan scan;

  DiskCheck(DemoReport report, SentLedger ledger) {
    this.report = report;
    this.ledger = ledger;
    this.scan = new DirectoryScan(ledger.values());
  }

  /** Searches the directory of a running server for one number. */
  static void showNumber(DemoReport report, Path data, String number) throws IOException {
    report.step("Every byte on the disk is searched for the number");
    ValueSet values = new ValueSet();
    values.add(number, 1);
    Findings found = new DirectoryScan(values).ofFiles(data, NOBODY);
    long hits =
        Stream.of(ByteForm.values()).filter(form -> !form.byChance()).mapToLong(found::count).sum();
    report.checkEqual("found in plain text, UTF-16, hex, base64 or reversed", 0, hits);
  }

  /** Lists and scans the directory of a running server: its journal is still there. */
  void show(Path data) throws IOException {
    report.step("What is on the disk");
    report.table(DirectoryListing.of(data));
    report.step("Every byte of it, searched while the server runs");
    report.fact(
        "for "
            + Figures.count(ledger.values().numbers())
            + " numbers and ids and "
            + Figures.count(ledger.values().size() - ledger.values().numbers())
            + " e-mail addresses that were sent");
    scan(data, null);
  }

  /** Scans again when everything is flushed, and proves that the scan finds what is there. */
  void showStopped(Path data, Path home) throws IOException {
    report.step("Again, with the server stopped and all flushed, every row decompressed");
    Path scratch = Files.createDirectory(home.resolve("scratch"));
    scan(data, scratch);
    Path canary = home.resolve("canary");
    int planted = plant(canary);
    Findings found = scan.ofFiles(canary, NOBODY);
    Files.delete(canary);
    boolean all =
        found.count(ByteForm.PLAIN) == 2
            && found.count(ByteForm.UTF_16) == 3
            && found.count(ByteForm.BCD) == 1
            && found.count(ByteForm.TBCD) == 1;
    report.check(
        "the scan finds what is planted outside data/",
        all,
        planted + " forms among " + Figures.bytes(found.bytes()) + " of noise");
  }

  private void scan(Path data, @Nullable Path scratch) throws IOException {
    long start = System.nanoTime();
    Findings found =
        scratch == null ? scan.ofFiles(data, NOBODY) : scan.ofFilesAndRows(data, scratch, NOBODY);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    report.fact(
        Figures.count(found.files(), "file")
            + ", "
            + Figures.bytes(found.bytes())
            + (scratch == null ? "" : ", " + Figures.count(found.rows(), "row"))
            + ", "
            + Figures.duration(took));
    Map<Boolean, List<ByteForm>> forms =
        Stream.of(ByteForm.values()).collect(Collectors.partitioningBy(ByteForm::byChance));
    List<ByteForm> certain = forms.getOrDefault(false, List.of());
    long text = certain.stream().mapToLong(found::count).sum();
    report.check(
        "none in plain text, UTF-16, hex, base64 or reversed",
        text == 0,
        text == 0
            ? ""
            : text
                + " found, first in "
                + found.hits().stream()
                    .filter(hit -> certain.contains(hit.form()))
                    .findFirst()
                    .map(Findings.Hit::file)
                    .orElse("a file"));
    List<ByteForm> chance = forms.getOrDefault(true, List.of());
    report.check(
        "none packed as BCD or within longer words, but what chance puts there",
        chance.stream().noneMatch(found::isFound),
        String.format(
            Locale.ROOT,
            "%d different found, %.2f expected",
            chance.stream().mapToLong(found::different).sum(),
            chance.stream().mapToDouble(found::expected).sum()));
    report.check("everything could be read", found.unread().isEmpty(), "");
  }

  /** Writes a sent number and address in every form, among noise; returns how many. */
  private int plant(Path file) throws IOException {
    String number = ledger.someNumber(Integer.MAX_VALUE).getKey();
    String mail = ledger.someMail();
    byte[] noise = new byte[NOISE_BYTES];
    new Random(NOISE_SEED).nextBytes(noise);
    byte[][] forms = {
      ("+" + number).getBytes(StandardCharsets.US_ASCII),
      mail.getBytes(StandardCharsets.UTF_8),
      number.getBytes(StandardCharsets.UTF_16LE),
      ("+" + number).getBytes(StandardCharsets.UTF_16BE),
      mail.getBytes(StandardCharsets.UTF_16LE),
      packed(number, false),
      packed(number, true)
    };
    try (OutputStream out = Files.newOutputStream(file)) {
      for (byte[] form : forms) {
        out.write(noise);
        out.write(form);
        out.write(0xFF);
      }
    }
    return forms.length;
  }

  /** Two digits a byte; the filler F behind an odd number of them. */
  static byte[] packed(String digits, boolean swapped) {
    String even = digits.length() % 2 == 0 ? digits : digits + "F";
    byte[] bytes = new byte[even.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      int first = Character.digit(even.charAt(2 * i), 16);
      int second = Character.digit(even.charAt(2 * i + 1), 16);
      bytes[i] = (byte) (swapped ? second << 4 | first : first << 4 | second);
    }
    return bytes;
  }
}
