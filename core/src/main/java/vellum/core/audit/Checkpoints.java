package vellum.core.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import vellum.core.crypto.NoteKey;
import vellum.core.record.Bytes;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.StoreException;

/**
 * The signed checkpoints of a trail, in the control store. One is signed when enough entries or
 * enough time have come, at the end of a process, and when somebody exports the trail. Thread-safe;
 * {@link #doWork} is for one thread.
 */
public final class Checkpoints {

  private final Store control;
  private final Trail trail;
  private final NoteKey key;
  private final AuditConfig config;
  private final LongSupplier nanos;
  private final VerifierKey verifier;

  /** Entries that the newest checkpoint covers. */
  private volatile long signed;

  private long allSignedNanos;

  /**
   * A checkpoint.
   *
   * @param size entries that it covers
   * @param note signed, as text
   */
  public record Signed(long size, String note) {}

  private Checkpoints(
      Store control,
      Trail trail,
      NoteKey key,
      AuditConfig config,
      LongSupplier nanos,
      String origin) {
    this.control = control;
    this.trail = trail;
    this.key = key;
    this.config = config;
    this.nanos = nanos;
    this.verifier = new VerifierKey(origin, key.publicKey());
    this.allSignedNanos = nanos.getAsLong();
  }

  /**
   * Opens the checkpoints of a trail, and notes the key that signs from now on.
   *
   * @param origin name for a trail that has none yet; it keeps the first
   * @throws AuditException.Damaged when a checkpoint covers more than there is, or something else
   */
  public static Checkpoints open(
      Store control,
      Trail trail,
      NoteKey key,
      AuditConfig config,
      LongSupplier nanos,
      String origin) {
    byte[] named = control.get(TrailRows.STATE, TrailRows.ORIGIN);
    String name = named == null ? origin : new String(named, UTF_8);
    Checkpoints opened = new Checkpoints(control, trail, key, config, nanos, name);
    byte[] last = control.get(TrailRows.STATE, TrailRows.SIGNED);
    opened.signed = last == null ? 0 : Bytes.getLong(last, 0);
    opened.requireWhole();
    opened.begin(named == null);
    return opened;
  }

  /** Refuses a trail that would be signed differently from what was signed before. */
  private void requireWhole() {
    if (signed > trail.size()) {
      throw new AuditException.Damaged(
          "a checkpoint was signed over " + signed + " entries, and there are " + trail.size());
    }
    if (signed > 0 && signed == trail.size()) {
      TreeHead head = TreeHead.parse(Note.parse(latest()).text());
      if (!head.agrees(trail.treeHead(origin()))) {
        throw new AuditException.Damaged(
            "the checkpoint over its " + signed + " entries was signed over others");
      }
    }
  }

  private void begin(boolean isNew) {
    byte[] row = (TrailRows.KEY + verifier.text()).getBytes(UTF_8);
    if (!isNew && control.get(TrailRows.STATE, row) != null) {
      return;
    }
    trail.record(
        Draft.ofServer(AuditEvent.AUDIT_KEY_USED, String.format("key %08x", verifier.id())));
    StoreBatch batch = control.batch();
    batch.put(TrailRows.STATE, TrailRows.ORIGIN, origin().getBytes(UTF_8));
    batch.put(TrailRows.STATE, row, new byte[0]);
    control.write(batch);
  }

  /** Name of the trail. */
  public String origin() {
    return verifier.name();
  }

  /** The key that signs now. */
  public VerifierKey key() {
    return verifier;
  }

  /** All keys that ever signed, the one that signs now among them. */
  public List<VerifierKey> keys() {
    List<VerifierKey> keys = new ArrayList<>();
    byte[] from = TrailRows.KEY.getBytes(UTF_8);
    byte[] to = TrailRows.KEY.getBytes(UTF_8);
    to[to.length - 1]++;
    try (Scan scan = control.scan(TrailRows.STATE, from, to)) {
      while (scan.next()) {
        keys.add(VerifierKey.parse(new String(scan.key(), UTF_8).substring(from.length)));
      }
    }
    return keys;
  }

  /** Signs what is due; returns 1 when something was. */
  public int doWork() {
    long size = trail.size();
    long now = nanos.getAsLong();
    if (size == signed) {
      allSignedNanos = now;
      return 0;
    }
    boolean isDue =
        size - signed >= config.checkpointEntries()
            || now - allSignedNanos >= config.checkpointEvery().toNanos();
    if (!isDue) {
      return 0;
    }
    sign();
    allSignedNanos = now;
    return 1;
  }

  /** Signs what is there, unless that is done. */
  public synchronized Signed sign() {
    TreeHead head = trail.treeHead(origin());
    if (head.size() > signed) {
      String note = Note.sign(head.text(), verifier, key).write();
      StoreBatch batch = control.batch();
      batch.put(TrailRows.CHECKPOINTS, Bytes.ofLong(head.size()), note.getBytes(UTF_8));
      batch.put(TrailRows.STATE, TrailRows.SIGNED, Bytes.ofLong(head.size()));
      control.write(batch);
      signed = head.size();
    }
    return new Signed(signed, latest());
  }

  /**
   * Signs what is there; where the disk takes nothing, the newest checkpoint that there is.
   *
   * @throws StoreException when there is none either
   */
  public Signed newest() {
    try {
      return sign();
    } catch (StoreException.Unavailable full) {
      long covered = signed;
      if (covered == 0) {
        throw full;
      }
      return new Signed(covered, note(covered));
    }
  }

  /** Entries that the newest checkpoint covers; 0 when there is none. */
  public long signed() {
    return signed;
  }

  private String latest() {
    return note(signed);
  }

  private String note(long size) {
    byte[] note = control.get(TrailRows.CHECKPOINTS, Bytes.ofLong(size));
    if (note == null) {
      throw new AuditException.Damaged("the checkpoint over " + size + " entries is missing");
    }
    return new String(note, UTF_8);
  }

  /**
   * Checkpoints in order.
   *
   * @param from first number of entries
   * @param to last number of entries
   * @param limit at most so many
   */
  public List<Signed> page(long from, long to, int limit) {
    List<Signed> page = new ArrayList<>();
    if (from > to) {
      return page;
    }
    try (Scan scan =
        control.scan(TrailRows.CHECKPOINTS, Bytes.ofLong(from), Bytes.ofLong(to + 1))) {
      while (page.size() < limit && scan.next()) {
        page.add(new Signed(Bytes.getLong(scan.key(), 0), new String(scan.value(), UTF_8)));
      }
    }
    return page;
  }
}
