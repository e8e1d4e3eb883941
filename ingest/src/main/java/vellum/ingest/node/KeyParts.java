package vellum.ingest.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vellum.core.audit.AuditEvent;
import vellum.core.audit.Draft;
import vellum.core.audit.Outcome;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KekFiles;
import vellum.core.crypto.KekProvider;
import vellum.core.crypto.KekProviders;
import vellum.core.crypto.KekRotation;
import vellum.core.crypto.KekSecret;
import vellum.core.crypto.KekSettings;
import vellum.core.crypto.KeptSigner;
import vellum.core.crypto.KeyBackups;
import vellum.core.crypto.KeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.NoteKey;
import vellum.core.crypto.PackageSigner;
import vellum.core.crypto.SigningKey;
import vellum.core.disk.Disk;
import vellum.core.period.Catalog;

/**
 * The keys of a node: what wraps, what is wrapped, and what copies them. Its parts are thread-safe.
 */
record KeyParts(
    KekProvider provider,
    KeyRing ring,
    SigningKey signing,
    PackageSigner disclosure,
    NoteKey audit,
    KekRotation rotation,
    KeyBackups backups) {

  /**
   * Opens or makes all of them with the secret that settings name, if they do; the audit trail says
   * that it is tried, and what came of it.
   *
   * @throws vellum.core.crypto.CryptoException as {@link #open(Ground, KekSecret)}, and when the
   *     secret's file cannot be used
   * @throws NodeException.NotFit when one is lost
   */
  static KeyParts open(Ground ground) {
    try (KekSecret secret = ground.config().keys().secret()) {
      if (secret == null) {
        return open(ground, null);
      }
      return told(
          ground,
          Draft.ofServer(AuditEvent.KEY_UNSEALED, "the secret of keys.secret_file"),
          () -> open(ground, secret),
          keys -> keys.provider().current().id());
    }
  }

  /**
   * Opens or makes all of them, and looks whether none is lost. Whoever opens them closes the
   * provider.
   *
   * @param secret of the key-encryption key; null when there is none
   * @throws vellum.core.crypto.CryptoException.Sealed when a secret is needed and none is given
   * @throws vellum.core.crypto.CryptoException.WrongSecret when it is the wrong one
   * @throws vellum.core.crypto.CryptoException when a key cannot be read
   * @throws NodeException.NotFit when one is lost
   */
  static KeyParts open(Ground ground, @Nullable KekSecret secret) {
    KekProvider provider = openProvider(ground, secret);
    try {
      KeyParts keys =
          open(ground.config().node(), provider, ground.incarnation(), ground.machine());
      KeyCheck.requireKeys(ground.catalog(), keys.ring());
      KeyCheck.requireKeys(new Catalog(ground.control(), Catalog.HOLDS), keys.ring());
      return keys;
    } catch (RuntimeException e) {
      provider.close();
      throw e;
    }
  }

  /** Whether a secret that is given now is that of a key that is made with it. */
  static boolean makesKey(NodeConfig config) {
    return KekProviders.makesKey(config.keys().settings(config.node().kekFile()));
  }

  /**
   * Opens or makes the key-encryption key; the audit trail says that the first one is made. Whoever
   * opens it closes it.
   *
   * @param secret null when there is none
   * @throws vellum.core.crypto.CryptoException.Sealed when a secret is needed and none is given
   * @throws vellum.core.crypto.CryptoException.WrongSecret when it is the wrong one
   */
  private static KekProvider openProvider(Ground ground, @Nullable KekSecret secret) {
    NodeConfig config = ground.config();
    Vault.Machine machine = ground.machine();
    Path kek = kekFile(config.node());
    KeyCheck.requireKeyEncryptionKey(kek, config.node().keys());
    KekSettings settings = config.keys().settings(kek);
    Supplier<KekProvider> opening =
        () -> KekProviders.open(settings, secret, machine.disk(), machine.random());
    boolean isAwaited = secret == null && settings.needsSecret();
    if (isAwaited || KekFiles.exists(kek)) {
      return opening.get();
    }
    return told(
        ground,
        Draft.ofServer(AuditEvent.KEY_ENCRYPTION_CREATED, "the first key"),
        opening,
        provider -> provider.current().id());
  }

  /**
   * Does something between two entries of the audit trail, for which a full disk is no reason not
   * to: they are written as soon as there is room.
   *
   * @param id of the key-encryption key that came of it
   */
  private static <T> T told(Ground ground, Draft draft, Supplier<T> doing, Function<T, String> id) {
    ground.owed().add(draft.ended(Outcome.BEGUN));
    try {
      T done = doing.get();
      ground.owed().add(draft.about("key " + id.apply(done)));
      return done;
    } catch (RuntimeException e) {
      boolean isRefused = e instanceof CryptoException.WrongSecret;
      ground.owed().add(draft.ended(isRefused ? Outcome.REFUSED : Outcome.FAILED));
      throw e;
    }
  }

  /**
   * Opens or makes all that the key-encryption key wraps, and finishes a rotation that a crash cut
   * short.
   *
   * @param incarnation of the store, named in the signing certificate
   */
  private static KeyParts open(
      RunConfig config, KekProvider provider, String incarnation, Vault.Machine machine) {
    Path keys = config.keys();
    Disk disk = machine.disk();
    SecureRandom random = machine.random();
    InstantSource clock = machine.clock();
    List<KeyEncryption> encryptions = provider.encryptions();
    KeyRing ring = KeyRing.open(keys, encryptions, disk, random, clock);
    SigningKey signing = SigningKey.open(keys, encryptions, incarnation, disk, random, clock);
    PackageSigner disclosure =
        PackageSigner.open(keys, encryptions, incarnation, disk, random, clock);
    NoteKey audit = NoteKey.open(keys, encryptions, disk, random);
    KekRotation rotation = new KekRotation(provider, List.of(ring, signing, disclosure, audit));
    rotation.resume();
    return new KeyParts(
        provider,
        ring,
        signing,
        disclosure,
        audit,
        rotation,
        new KeyBackups(
            ring,
            List.of(signing, disclosure, audit),
            disk,
            random,
            clock,
            List.of(config.data(), config.kekFile().toAbsolutePath())));
  }

  /** The keys that sign, which are wrapped as the months' are. */
  List<KeptSigner> signers() {
    return List.of(signing, disclosure, audit);
  }

  private static Path kekFile(RunConfig config) {
    Path file = config.kekFile().toAbsolutePath();
    try {
      Path parent = file.getParent();
      if (parent != null && Files.notExists(parent)) {
        Files.createDirectories(
            parent,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory of " + file, e);
    }
  }
}
