package vellum.core.disclosure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import vellum.core.envelope.CmsEnvelope;
import vellum.core.envelope.StampPort;
import vellum.core.envelope.TimeStamp;
import vellum.core.record.Sha256;

/**
 * The end of a package: signature, time stamp, instructions and sums, then the manifest, each
 * durable before the next.
 */
final class PackageEnd {

  private final Path directory;
  private final PackagePorts with;

  PackageEnd(Path directory, PackagePorts with) {
    this.directory = directory;
    this.with = with;
  }

  void write(Manifest manifest) throws IOException {
    byte[] signature = with.signer().signBeside(manifest.bytes());
    CmsEnvelope envelopes = new CmsEnvelope(with.to(), with.random());
    Map<String, byte[]> small = new TreeMap<>();
    small.put(Manifest.SIGNATURE_FILE, envelopes.seal(signature));
    StampPort stamps = with.stamps();
    if (stamps != null) {
      small.put(Manifest.STAMP_FILE, stamp(signature, stamps));
    }
    small.put(Manifest.README_FILE, ReadMe.text().getBytes(StandardCharsets.UTF_8));
    byte[] sealed = envelopes.seal(manifest.bytes());
    small.put(Manifest.SUMS_FILE, sums(manifest, small, sealed));
    for (Map.Entry<String, byte[]> file : small.entrySet()) {
      with.disk().replace(directory.resolve(file.getKey()), file.getValue());
    }
    with.disk().replace(directory.resolve(Manifest.FILE), sealed);
  }

  private byte[] stamp(byte[] signature, StampPort stamps) {
    try {
      return TimeStamp.of(signature, stamps, null, with.random()).token();
    } catch (IOException e) {
      throw new PackageException.NoStamp(e);
    }
  }

  /** As {@code sha256sum} writes them: so a receiver tells a bad copy before anything else. */
  private static byte[] sums(Manifest manifest, Map<String, byte[]> small, byte[] sealed) {
    Map<String, String> sums = new TreeMap<>();
    manifest.files().forEach(file -> sums.put(file.file(), file.sha256()));
    manifest.attachments().forEach(each -> sums.put(each.file(), each.sha256()));
    small.forEach((name, bytes) -> sums.put(name, Sha256.hex(bytes)));
    sums.put(Manifest.FILE, Sha256.hex(sealed));
    StringBuilder text = new StringBuilder();
    sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
