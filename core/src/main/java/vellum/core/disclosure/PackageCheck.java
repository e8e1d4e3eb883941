package vellum.core.disclosure;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CmsCheck;
import vellum.core.crypto.CmsException;
import vellum.core.envelope.CmsOpener;
import vellum.core.envelope.EnvelopeException;
import vellum.core.envelope.OpeningKey;
import vellum.core.envelope.TimeStamp;
import vellum.core.record.Sha256;

/**
 * The check of a package by its receiver: every file is there and as it was signed for, opens, and
 * has as many records as the manifest says. Writes nothing; clear text is in memory only, a buffer
 * at a time. Needs no installation. Not thread-safe.
 */
public final class PackageCheck {

  private static final String SUM = "[0-9a-f]{64}  [A-Za-z0-9.-]+";
  private static final int MOST_SMALL_BYTES = 32 << 20;
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path directory;
  private final OpeningKey key;
  private final LongConsumer progress;

  private PackageCheck(Path directory, OpeningKey key, LongConsumer progress) {
    this.directory = directory;
    this.key = key;
    this.progress = progress;
  }

  /**
   * What a package is.
   *
   * @param records in it, each counted once whatever forms it is written in
   * @param files of records
   * @param bytes of these files
   * @param signer subject of the certificate that signed
   * @param fingerprint SHA-256 of that certificate, in hex
   * @param trusted whether it was compared with one that the caller trusts
   * @param stampedAt what the time stamp says; null when there is none
   * @param manifest what it says; may hold identities in its scope
   */
  public record Report(
      long records,
      int files,
      long bytes,
      String signer,
      String fingerprint,
      Instant signedAt,
      boolean trusted,
      @Nullable Instant stampedAt,
      JsonNode manifest) {

    @Override
    public String toString() {
      return "Report[" + records + " records, " + files + " files]";
    }
  }

  /**
   * Reads all of it.
   *
   * @param signerPem certificate that must have signed; when null, anybody may have
   * @param progress hears of bytes as they are read
   * @throws PackageException.Incomplete when there is no package
   * @throws PackageException.Broken naming the first file that is not as it should be
   * @throws EnvelopeException.OtherReceiver when it is for somebody else
   */
  public static Report check(
      Path directory, OpeningKey key, @Nullable String signerPem, LongConsumer progress) {
    try {
      return new PackageCheck(directory, key, progress).check(signerPem);
    } catch (IOException | UncheckedIOException e) {
      throw new PackageException.DiskFailed(e);
    }
  }

  private Report check(@Nullable String signerPem) throws IOException {
    if (!Files.isRegularFile(directory.resolve(Manifest.FILE))) {
      throw new PackageException.Incomplete(
          directory + " holds no package: there is no " + Manifest.FILE);
    }
    Set<String> names = sums();
    Manifest manifest = Manifest.read(opened(Manifest.FILE));
    byte[] signature = opened(Manifest.SIGNATURE_FILE);
    CmsCheck.Verified signed;
    try {
      signed = CmsCheck.verifyBeside(signature, manifest.bytes(), signerPem);
    } catch (CmsException.BadCertificate e) {
      throw e;
    } catch (CmsException e) {
      throw new PackageException.Broken("the manifest's signature: " + e.getMessage());
    }
    Instant stampedAt = stamp(names, signature);
    requireNamed(names, manifest);
    long bytes = 0;
    Map<RecordForm, Long> records = new TreeMap<>();
    for (PackageFile file : manifest.files()) {
      bytes += file.bytes();
      records.merge(file.form(), checked(file), Long::sum);
    }
    for (Attachment each : manifest.attachments()) {
      requireSum(each.file(), each.sha256());
      byte[] plain = opened(each.file());
      if (plain.length != each.plainBytes() || !Sha256.hex(plain).equals(each.plainSha256())) {
        throw new PackageException.Broken(each.file() + " holds other bytes than were signed for");
      }
    }
    for (long each : records.values()) {
      if (each != manifest.records()) {
        throw new PackageException.Broken("the files have another number of records than in all");
      }
    }
    return new Report(
        manifest.records(),
        manifest.files().size(),
        bytes,
        signed.signer(),
        signed.fingerprint(),
        signed.signedAt(),
        signed.trusted(),
        stampedAt,
        manifest.json());
  }

  /** Compares every file with its sum; names of all files. */
  private Set<String> sums() throws IOException {
    Path path = directory.resolve(Manifest.SUMS_FILE);
    if (!Files.isRegularFile(path)) {
      throw new PackageException.Broken(Manifest.SUMS_FILE + " is not there");
    }
    Set<String> names = new LinkedHashSet<>();
    String text = new String(small(Manifest.SUMS_FILE), StandardCharsets.ISO_8859_1);
    if (!text.endsWith("\n")) {
      throw new PackageException.Broken(Manifest.SUMS_FILE + " has not its form");
    }
    for (String line : text.split("\n", -1)) {
      if (line.isEmpty() && !names.isEmpty()) {
        continue;
      }
      if (!line.matches(SUM) || !names.add(line.substring(66))) {
        throw new PackageException.Broken(Manifest.SUMS_FILE + " has not its form");
      }
      requireSum(line.substring(66), line.substring(0, 64));
    }
    Set<String> there = new TreeSet<>();
    try (Stream<Path> list = Files.list(directory)) {
      list.forEach(each -> there.add(each.getFileName().toString()));
    }
    there.remove(Manifest.SUMS_FILE);
    if (!there.equals(names)) {
      there.removeAll(names);
      throw new PackageException.Broken(
          there.size() + " files are there that " + Manifest.SUMS_FILE + " does not name");
    }
    return names;
  }

  private void requireSum(String name, String sum) throws IOException {
    Path path = directory.resolve(name);
    if (!Files.isRegularFile(path)) {
      throw new PackageException.Broken(name + " is not there");
    }
    MessageDigest digest = Sha256.begin();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(path)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
        progress.accept(count);
      }
    }
    if (!Sha256.hex(digest).equals(sum)) {
      throw new PackageException.Broken(
          name + " has another SHA-256 than " + Manifest.SUMS_FILE + " says");
    }
  }

  private static void requireNamed(Set<String> names, Manifest manifest) {
    Set<String> there = new TreeSet<>(names);
    there.removeIf(PackageDirectory::isFixed);
    List<String> named = new ArrayList<>();
    manifest.files().forEach(file -> named.add(file.file()));
    manifest.attachments().forEach(file -> named.add(file.file()));
    Collections.sort(named);
    if (!List.copyOf(there).equals(named)) {
      throw new PackageException.Broken("the manifest names other files than are there");
    }
  }

  /** Opens a file of records; how many are in it. */
  private long checked(PackageFile file) throws IOException {
    requireSum(file.file(), file.sha256());
    RecordCount count = new RecordCount(file.form());
    try (InputStream in = Files.newInputStream(directory.resolve(file.file()))) {
      CmsOpener.open(in, key, count);
    } catch (EnvelopeException e) {
      throw new PackageException.Broken(file.file() + ": " + e.getMessage());
    }
    if (count.bytes() != file.plainBytes() || !count.sha256().equals(file.plainSha256())) {
      throw new PackageException.Broken(file.file() + " holds other bytes than were signed for");
    }
    if (count.records() != file.records()) {
      throw new PackageException.Broken(
          file.file() + " has " + count.records() + " records, not " + file.records());
    }
    return file.records();
  }

  private @Nullable Instant stamp(Set<String> names, byte[] signature) throws IOException {
    if (!names.contains(Manifest.STAMP_FILE)) {
      return null;
    }
    try {
      return TimeStamp.verify(small(Manifest.STAMP_FILE), signature, null).at();
    } catch (EnvelopeException.BadStamp e) {
      throw new PackageException.Broken(Manifest.STAMP_FILE + ": " + e.getMessage());
    }
  }

  private byte[] opened(String name) throws IOException {
    try {
      return CmsOpener.open(small(name), key, Manifest.MAX_BYTES);
    } catch (EnvelopeException.OtherReceiver e) {
      throw e;
    } catch (EnvelopeException e) {
      throw new PackageException.Broken(name + ": " + e.getMessage());
    }
  }

  private byte[] small(String name) throws IOException {
    Path path = directory.resolve(name);
    if (!Files.isRegularFile(path)) {
      throw new PackageException.Broken(name + " is not there");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_SMALL_BYTES + 1);
      if (bytes.length > MOST_SMALL_BYTES) {
        throw new PackageException.Broken(name + " has more than 32 MiB");
      }
      return bytes;
    }
  }
}
