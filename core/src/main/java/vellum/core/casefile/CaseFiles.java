package vellum.core.casefile;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseRows.Head;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.DocumentCipher;
import vellum.core.crypto.KeyRing;
import vellum.core.record.MonthId;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;

/**
 * All cases: sealed documents in the control store, each under a key of its own, with all their
 * revisions. Thread-safe: changes come one after the other, reading never waits. Who may see a case
 * is the caller's to decide.
 *
 * <p>A case's key is made before its rows and ends before them. So at an opening a key without rows
 * is of a case that nobody was told of, or that was opened after the backup of the control store
 * that was restored: it is destroyed. Rows without a key are of a case that has ended.
 */
public final class CaseFiles {

  /** Longest document, and longest attachment. */
  public static final int MAX_DOCUMENT_BYTES = 1 << 20;

  /** Most revisions of a case. What changes more often belongs into an attachment. */
  static final int MAX_REVISIONS = 10_000;

  private final Store control;
  private final KeyRing keys;
  private final SecureRandom random;
  private final InstantSource clock;
  private final CaseRemoval removal;
  private final Attachments attachments;
  private final CaseReader reader;

  /** Changed under this object's lock, behind what is durable. */
  private final CaseIndex index = new CaseIndex();

  private CaseFiles(Store control, KeyRing keys, SecureRandom random, InstantSource clock) {
    this.control = control;
    this.keys = keys;
    this.random = random;
    this.clock = clock;
    this.removal = new CaseRemoval(control);
    this.attachments = new Attachments(control);
    this.reader = new CaseReader(control, keys);
  }

  /** Tables of the control store that case files need. */
  public static List<Table> tables() {
    return List.of(CaseRows.INDEX, CaseRows.CASES, CaseRows.ATTACHMENTS, CaseRows.STATE);
  }

  /**
   * Opens the cases, and ends those whose end was cut short.
   *
   * @param control whose writes are durable when they return; not closed by this
   * @throws CaseException.Corrupt when a case is not what was written, or its key is missing
   * @throws CaseException.TooNew when a newer version wrote one
   */
  public static CaseFiles open(
      Store control, KeyRing keys, SecureRandom random, InstantSource clock) {
    CaseFiles files = new CaseFiles(control, keys, random, clock);
    files.load();
    return files;
  }

  private synchronized void load() {
    List<String> over = new ArrayList<>();
    try (Scan scan = control.scan(CaseRows.INDEX, CaseRows.key("0"), CaseRows.key("["))) {
      while (scan.next()) {
        MonthId name = CaseRows.keyOf(scan.key(), scan.value());
        if (keys.destroyed(name)) {
          over.add(new String(scan.key(), StandardCharsets.US_ASCII));
        } else {
          DocumentCipher cipher =
              keys.existing(name).orElseThrow(() -> CaseRows.corrupt(null)).newDocumentCipher();
          index.put(CaseRows.readHead(scan.key(), scan.value(), cipher));
        }
      }
    }
    removal.remove(over);
    Set<MonthId> used = index.keys();
    for (MonthId key : keys.alive()) {
      if (key.kind() == MonthId.Kind.CASE && !used.contains(key)) {
        keys.destroy(key, clock.instant());
      }
    }
  }

  /**
   * Opens a case under a random id.
   *
   * @param document its first document, given its id; at most {@link #MAX_DOCUMENT_BYTES}
   */
  public synchronized CaseFile create(CaseKind kind, Function<CaseId, byte[]> document) {
    Instant now = now();
    YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
    CaseId id = new CaseId(kind, newCode(month));
    byte[] bytes = checked(document.apply(id));
    Head head = new Head(id, month, now, Optional.empty(), Optional.empty(), 1);
    CaseFile first = new CaseFile(id, 1, now, now, Optional.empty(), bytes);
    keys.key(head.key());
    try {
      write(head, first);
    } catch (RuntimeException e) {
      endKey(head.key(), e);
      throw e;
    }
    return first;
  }

  /** A disk that refused the rows may refuse this too: the next opening ends the key then. */
  private void endKey(MonthId key, RuntimeException why) {
    try {
      keys.destroy(key, clock.instant());
    } catch (CryptoException e) {
      why.addSuppressed(e);
    }
  }

  private String newCode(YearMonth month) {
    while (true) {
      String code = CaseId.newCode(random);
      MonthId key = CaseRows.keyOf(month, code);
      if (!index.has(code) && !keys.destroyed(key) && keys.existing(key).isEmpty()) {
        return code;
      }
    }
  }

  /**
   * Writes the next revision of a case; those before it are kept. A closed case stays closed.
   *
   * @param expectedRevision the one that the change was made to
   * @throws CaseException.Stale when it is another by now
   * @throws CaseException.Gone when there is no such case
   */
  public synchronized CaseFile change(CaseId id, int expectedRevision, byte[] document) {
    Head head = require(id, expectedRevision).revised();
    return write(
        head,
        new CaseFile(
            id, head.revision(), head.createdAt(), now(), head.closedAt(), checked(document)));
  }

  /**
   * Writes the last revision of a case, or once more one of a closed case, with another end.
   *
   * @param keepUntil first instant at which the case is erased
   * @throws CaseException.Stale as {@link #change} does
   */
  public synchronized CaseFile close(
      CaseId id, int expectedRevision, byte[] document, Instant keepUntil) {
    Head before = require(id, expectedRevision);
    Instant now = now();
    Head head =
        before
            .closed(before.closedAt().orElse(now), keepUntil.truncatedTo(ChronoUnit.MILLIS))
            .revised();
    return write(
        head,
        new CaseFile(
            id, head.revision(), head.createdAt(), now, head.closedAt(), checked(document)));
  }

  private CaseFile write(Head head, CaseFile file) {
    DocumentCipher cipher = keys.key(head.key()).newDocumentCipher();
    StoreBatch batch = control.batch();
    batch.put(
        CaseRows.CASES, CaseRows.key(head.id(), file.revision()), CaseRows.write(file, cipher));
    batch.put(CaseRows.INDEX, CaseRows.key(head.id().code()), CaseRows.write(head, cipher));
    control.write(batch);
    index.put(head);
    return file;
  }

  private Head require(CaseId id, int expectedRevision) {
    Head head = index.find(id).orElseThrow(CaseException.Gone::new);
    if (head.revision() != expectedRevision) {
      throw new CaseException.Stale(expectedRevision);
    }
    if (head.revision() >= MAX_REVISIONS) {
      throw new CaseException.TooLarge("a case is changed at most " + MAX_REVISIONS + " times");
    }
    return head;
  }

  private static byte[] checked(byte[] bytes) {
    if (bytes.length > MAX_DOCUMENT_BYTES) {
      throw new CaseException.TooLarge(
          "a case's document has at most " + MAX_DOCUMENT_BYTES + " bytes: " + bytes.length);
    }
    return bytes;
  }

  /** The newest revision of a case, if there is such a case. */
  public Optional<CaseFile> find(CaseId id) {
    return index.find(id).flatMap(head -> reader.read(head, head.revision()));
  }

  /** All revisions of a case, the first one first; empty when there is no such case. */
  public List<CaseFile> history(CaseId id) {
    List<CaseFile> all = new ArrayList<>();
    index
        .find(id)
        .ifPresent(
            head -> {
              for (int revision = 1; revision <= head.revision(); revision++) {
                reader.read(head, revision).ifPresent(all::add);
              }
            });
    return all;
  }

  /**
   * Newest revisions of cases of a kind, in the order of their creation.
   *
   * @param wanted decides on each
   * @param after the case behind which to begin, or null for the first
   * @throws CaseException.Gone when there is no case {@code after} any more
   */
  public List<CaseFile> list(
      CaseKind kind, Predicate<CaseFile> wanted, @Nullable CaseId after, int limit) {
    Head last = after == null ? null : index.find(after).orElseThrow(CaseException.Gone::new);
    return index
        .of(kind, last)
        .flatMap(head -> reader.read(head, head.revision()).stream())
        .filter(wanted)
        .limit(limit)
        .toList();
  }

  /**
   * Keeps bytes with a case, sealed as its documents are, in place of what had the name before: for
   * what changes often, or is too long for a document. It goes with the case.
   *
   * @param name 1 to 40 characters {@code [a-z0-9-]}; not sealed
   * @throws CaseException.Gone when there is no such case
   */
  public synchronized void attach(CaseId id, String name, byte[] bytes) {
    Head head = index.find(id).orElseThrow(CaseException.Gone::new);
    attachments.put(id, name, checked(bytes), keys.key(head.key()).newDocumentCipher());
  }

  /** What {@link #attach} keeps under a name, if anything. */
  public Optional<byte[]> attachment(CaseId id, String name) {
    return index
        .find(id)
        .flatMap(reader::cipher)
        .flatMap(cipher -> attachments.get(id, name, cipher));
  }

  /** Takes out what is kept under a name. */
  public synchronized void detach(CaseId id, String name) {
    attachments.remove(id, name);
  }

  /** Closed cases whose time is over. */
  public List<CaseId> due(Instant now) {
    return index.due(now).stream().map(Head::id).toList();
  }

  /**
   * Ends closed cases whose time is over: each one's key is destroyed, its rows are removed and
   * their bytes with them. To be repeated after a failure.
   *
   * @return those that ended
   */
  public synchronized List<CaseId> expire(Instant now) {
    List<CaseId> ended = new ArrayList<>();
    for (Head head : index.due(now)) {
      keys.destroy(head.key(), now);
      ended.add(head.id());
    }
    removal.remove(ended.stream().map(CaseId::code).toList());
    ended.forEach(index::remove);
    return ended;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
