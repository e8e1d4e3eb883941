package vellum.ingest.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import vellum.ingest.terminal.Figures;

/** The demo's steps that look at the disk itself. For one thread. */
final class DiskCheck {

  private static final int NOISE_BYTES = 100_000;
  private static final long NOISE_SEED = 7;

  private final DemoReport report;
  private final SentLedger ledger;
  private final IdentityScan scan;

  DiskCheck(DemoReport report, SentLedger ledger) {
    this.report = report;
    this.ledger = ledger;
    this.scan = new IdentityScan(ledger.digits(), ledger.mails());
  }

  /** Lists and scans the directory of a running server: its journal is still there. */
  void show(Path data) throws IOException {
    report.step("What is on the disk");
    report.table(DirectoryListing.of(data));
    report.step("Every byte of it, searched while the server runs");
    report.fact(
        "for "
            + Figures.count(ledger.digits().size())
            + " numbers and ids and "
            + Figures.count(ledger.mails().size())
            + " e-mail addresses that were sent");
    scan(data);
  }

  /** Scans again when everything is flushed, and proves that the scan finds what is there. */
  void showStopped(Path data, Path home) throws IOException {
    report.step("Again, with the server stopped and all flushed");
    scan(data);
    Path canary = home.resolve("canary");
    int planted = plant(canary);
    IdentityScan.Found found = scan.scan(canary);
    Files.delete(canary);
    boolean all =
        found.hits(ByteForm.PLAIN) >= 2
            && found.hits(ByteForm.UTF_16) >= 3
            && found.hits(ByteForm.BCD) >= 1
            && found.hits(ByteForm.BCD_SWAPPED) >= 1;
    report.check(
        "the scan finds what is planted outside data/",
        all,
        planted + " forms among " + Figures.bytes(found.bytes()) + " of noise");
  }

  private void scan(Path data) throws IOException {
    long start = System.nanoTime();
    IdentityScan.Found found = scan.scan(data);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    int text = found.hits(ByteForm.PLAIN) + found.hits(ByteForm.UTF_16);
    report.fact(
        Figures.count(found.scanned(), "file")
            + ", "
            + Figures.bytes(found.bytes())
            + ", "
            + Figures.duration(took));
    report.check(
        "none in plain text or UTF-16",
        text == 0,
        text == 0 ? "" : text + " found, in " + data.relativize(found.files().get(0)));
    int packed = found.hits(ByteForm.BCD) + found.hits(ByteForm.BCD_SWAPPED);
    double expected = scan.expectedByChance(found.bytes());
    report.check(
        "none packed as BCD, but what chance puts into ciphertext",
        packed <= bound(expected),
        String.format(Locale.ROOT, "%d found, %.2f expected", packed, expected));
  }

  /** So many come by chance less often than once in a hundred million times (Poisson). */
  private static long bound(double expected) {
    double term = Math.exp(-expected);
    double sum = term;
    long count = 0;
    while (1 - sum > 1e-8) {
      count++;
      term *= expected / count;
      sum += term;
    }
    return count;
  }

  /** Writes a sent number and address in every form, among noise; returns how many. */
  private int plant(Path file) throws IOException {
    String number = ledger.someNumber(Integer.MAX_VALUE).getKey();
    String mail = ledger.mails().iterator().next();
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
