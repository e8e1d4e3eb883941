package vellum.ingest.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.audit.Audit;
import vellum.core.audit.AuditConfig;
import vellum.core.audit.AuditEvent;
import vellum.core.audit.Checkpoints;
import vellum.core.audit.Draft;
import vellum.core.audit.Outcome;
import vellum.core.audit.OwedEntries;
import vellum.core.audit.SecondPlace;
import vellum.core.audit.Trail;
import vellum.core.crypto.KekRotation;
import vellum.core.crypto.KeyBackups;
import vellum.core.crypto.KeyListener;
import vellum.core.log.Event;
import vellum.core.record.MonthId;
import vellum.core.record.Sha256;
import vellum.core.retention.BackupRegistry;
import vellum.core.store.StoreException;
import vellum.ingest.api.AuditPorts;
import vellum.ingest.metrics.AuditFigures;

/**
 * The audit trail in a node: hears what the server does by itself, and signs and copies
 * checkpoints. Thread-safe; {@link #doWork} is for one thread.
 */
final class Auditing implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Auditing.class);

  /** Stands before the incarnation: the domain that ICANN gave out for private use. */
  private static final String ORIGIN = "vellum.internal/audit/";

  private final Trail trail;
  private final Checkpoints checkpoints;
  private final OwedEntries owed;
  private final @Nullable SecondPlace secondPlace;

  private Auditing(Ground ground, Checkpoints checkpoints) {
    AuditConfig config = ground.config().audit();
    Vault.Machine machine = ground.machine();
    this.trail = ground.trail();
    this.checkpoints = checkpoints;
    this.owed = ground.owed();
    this.secondPlace =
        config.secondPlace().toString().isEmpty()
            ? null
            : new SecondPlace(
                config.secondPlace(),
                machine.disk(),
                checkpoints,
                machine.clocks().nanos(),
                Auditing::tell);
  }

  /**
   * Opens the trail's checkpoints, and has it hear of keys and settings. A trail that is new is
   * named after the store's incarnation.
   *
   * @throws vellum.core.audit.AuditException.Damaged when it is not what was signed
   */
  static Auditing open(Ground ground, KeyParts keys) {
    NodeConfig config = ground.config();
    Checkpoints checkpoints =
        Checkpoints.open(
            ground.control(),
            ground.trail(),
            keys.audit(),
            config.audit(),
            ground.machine().clocks().nanos(),
            ORIGIN + ground.incarnation());
    Auditing auditing = new Auditing(ground, checkpoints);
    keys.rotation().tell(auditing::rotated);
    keys.ring().tell(auditing.new Keys());
    auditing.configured(config);
    return auditing;
  }

  /** Writes that a server works with these settings; says whether they are others than before. */
  void configured(NodeConfig config) {
    MessageDigest digest = Sha256.begin();
    new TreeMap<>(config.settings())
        .forEach((name, value) -> digest.update((name + "=" + value + "\n").getBytes(UTF_8)));
    String sha256 = Sha256.hex(digest);
    AuditEvent event =
        isNew(sha256) ? AuditEvent.CONFIGURATION_CHANGED : AuditEvent.CONFIGURATION_LOADED;
    owed.add(Draft.ofServer(event, "settings").digesting(sha256));
  }

  /** What a full disk cannot note is taken for new: a start must not hang on it. */
  private boolean isNew(String sha256) {
    try {
      return trail.isNewConfiguration(sha256);
    } catch (StoreException full) {
      return true;
    }
  }

  /** Has the trail hear how key backups are written. */
  void watch(BackupRegistry backups) {
    backups.tell(this::backedUp);
  }

  private void backedUp(KeyBackups.Outcome outcome) {
    Draft draft = Draft.ofServer(AuditEvent.KEY_BACKUP_WRITTEN, "key backup " + outcome.name());
    owed.add(
        outcome instanceof KeyBackups.Outcome.Rewritten done
            ? draft.counting(done.keys())
            : draft.ended(Outcome.FAILED));
  }

  private void rotated(KekRotation.Rotated rotated) {
    owed.add(
        Draft.ofServer(
            AuditEvent.KEY_ENCRYPTION_ROTATED, "from " + rotated.from() + " to " + rotated.to()));
  }

  /**
   * What becomes of months' keys. Those of cases have entries of their own, some of them sealed.
   */
  private final class Keys implements KeyListener {

    @Override
    public void made(MonthId month, String key) {
      add(draft(AuditEvent.KEY_CREATED, month, key), month);
    }

    @Override
    public void ending(MonthId month, String key) {
      add(draft(AuditEvent.KEY_DESTROYED, month, key).ended(Outcome.BEGUN), month);
    }

    @Override
    public void ended(MonthId month, String key) {
      add(draft(AuditEvent.KEY_DESTROYED, month, key), month);
    }

    private void add(Draft draft, MonthId month) {
      if (!month.isOfCase()) {
        owed.add(draft);
      }
    }

    private static Draft draft(AuditEvent event, MonthId month, String key) {
      return Draft.ofServer(event, month + ", key " + key);
    }
  }

  private static void tell(String trouble) {
    if (trouble.isEmpty()) {
      LOG.info(Event.AUDIT_COPIED.code(), "checkpoints of the audit trail are copied again");
    } else {
      LOG.error(Event.AUDIT_UNCOPIED.code(), "{}", trouble);
    }
  }

  /** Where entries go before an answer. */
  Audit audit() {
    return trail;
  }

  /** What the HTTP server needs of it. */
  AuditPorts ports() {
    return new AuditPorts(trail, checkpoints);
  }

  /** Writes what is owed, signs and copies what is due; returns how much was done. */
  int doWork() {
    int done = owed.settle() + checkpoints.doWork();
    return secondPlace == null ? done : done + secondPlace.doWork();
  }

  /** How the trail is, since the start. */
  AuditFigures figures() {
    boolean isUncopied = secondPlace != null && !secondPlace.trouble().isEmpty();
    return new AuditFigures(trail.failures(), owed.owed(), isUncopied);
  }

  /** Signs what is not signed yet, behind everything else of the node. */
  @Override
  public void close() {
    owed.settle();
    checkpoints.sign();
    doWork();
  }
}
