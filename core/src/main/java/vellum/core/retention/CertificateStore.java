package vellum.core.retention;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import vellum.core.record.Bytes;
import vellum.core.record.MonthId;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;

/**
 * The signed certificates, in the control store: exactly one a period and event, written in the
 * batch that brings the period to its final stage. Thread-safe.
 *
 * <pre>
 *   key    2025-03.default STRIP
 *   value  0  i64  when it was signed, milliseconds since the epoch
 *          8  ..   CMS signed data, DER
 * </pre>
 */
public final class CertificateStore {

  public static final Table TABLE = new Table("certificates", 0, Shape.SMALL);

  private final Store control;

  public CertificateStore(Store control) {
    this.control = control;
  }

  /** A certificate of the end of a period. */
  public record Certificate(
      MonthId period, ErasureCertificate.Kind event, Instant signedAt, byte[] cms) {}

  public Optional<Certificate> find(MonthId period, ErasureCertificate.Kind event) {
    byte[] value = control.get(TABLE, EvidenceStore.key(period, event));
    return Optional.ofNullable(value).map(bytes -> decode(period, event, bytes));
  }

  /** All certificates, by period. */
  public List<Certificate> all() {
    List<Certificate> all = new ArrayList<>();
    try (Scan scan = control.scan(TABLE, new byte[] {0}, new byte[] {(byte) 0xFF})) {
      while (scan.next()) {
        String[] key = new String(scan.key(), StandardCharsets.US_ASCII).split(" ", -1);
        all.add(
            decode(MonthId.parse(key[0]), ErasureCertificate.Kind.valueOf(key[1]), scan.value()));
      }
    }
    return all;
  }

  /** Stores one that goes with no stage of a period; the same again changes nothing. */
  public void save(Certificate certificate) {
    StoreBatch batch = control.batch();
    put(batch, certificate);
    control.write(batch);
  }

  static void put(StoreBatch batch, Certificate certificate) {
    byte[] value = new byte[Long.BYTES + certificate.cms().length];
    Bytes.putLong(value, 0, certificate.signedAt().toEpochMilli());
    System.arraycopy(certificate.cms(), 0, value, Long.BYTES, certificate.cms().length);
    batch.put(TABLE, EvidenceStore.key(certificate.period(), certificate.event()), value);
  }

  private static Certificate decode(MonthId period, ErasureCertificate.Kind event, byte[] value) {
    return new Certificate(
        period,
        event,
        Instant.ofEpochMilli(Bytes.getLong(value, 0)),
        Arrays.copyOfRange(value, Long.BYTES, value.length));
  }
}
