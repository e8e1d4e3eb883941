package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import vellum.core.disk.Disk;
import vellum.core.record.MonthId;

/**
 * The keys of all months: makes one durably at a month's first use, and destroys it for ever.
 * Thread-safe; looking a key up takes no lock. One ring a directory: the lock on the data directory
 * is the caller's.
 *
 * <p>"No key" never means "make a new one": a month whose key was destroyed has a tombstone. All
 * keys are unwrapped when the ring is opened, so a key that cannot be had stops the start and not
 * the traffic.
 */
public final class KeyRing {

  private static final int ID_BYTES = 8;

  private final KeyDirectory directory;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Object writing = new Object();

  /**
   * Keys that live; one that is being destroyed stays here, refusing, until its tombstone is
   * durable.
   */
  private final Map<MonthId, MonthKey> keys = new ConcurrentHashMap<>();

  private final Map<MonthId, Instant> tombstones = new ConcurrentHashMap<>();

  /** Grows with every destruction, before and after it is durable. */
  private final AtomicLong destructions = new AtomicLong();

  /** What unwraps, by id. Guarded by {@link #writing}. */
  private final Map<String, KeyEncryption> encryptions = new LinkedHashMap<>();

  /** What wraps. Guarded by {@link #writing}. */
  private KeyEncryption current;

  private KeyRing(
      KeyDirectory directory,
      List<KeyEncryption> encryptions,
      SecureRandom random,
      InstantSource clock) {
    this.directory = directory;
    this.random = random;
    this.clock = clock;
    this.current = encryptions.get(0);
    encryptions.forEach(encryption -> this.encryptions.put(encryption.id(), encryption));
  }

  /**
   * Opens a directory of keys, made when absent, and finishes what a crash left half done.
   *
   * @param encryptions the key-encryption key that wraps new keys; after it, while a rotation is
   *     under way, the one that it replaces
   */
  public static KeyRing open(
      Path directory,
      List<KeyEncryption> encryptions,
      Disk disk,
      SecureRandom random,
      InstantSource clock) {
    if (encryptions.isEmpty()) {
      throw new IllegalArgumentException("a ring needs a key-encryption key");
    }
    KeyRing ring = new KeyRing(new KeyDirectory(directory, disk), encryptions, random, clock);
    try {
      ring.load();
    } catch (IOException e) {
      throw new CryptoException.KeyStorageFailed(directory + " could not be read", e);
    }
    return ring;
  }

  /**
   * The key of a month, made and made durable if the month has had none.
   *
   * @throws CryptoException.KeyDestroyed when the month's key was destroyed
   * @throws CryptoException.KeyStorageFailed when a new key could not be made durable
   */
  public MonthKey key(MonthId month) {
    MonthKey key = keys.get(month);
    if (key == null) {
      key = make(month);
    }
    key.checkAlive();
    return key;
  }

  /** The key of a month, if it has one that lives. */
  public Optional<MonthKey> existing(MonthId month) {
    return Optional.ofNullable(keys.get(month)).filter(key -> !key.destroyed());
  }

  /** Whether the month's key is destroyed, durably. */
  public boolean destroyed(MonthId month) {
    return tombstones.containsKey(month);
  }

  /** Grows whenever a key is destroyed: ciphers kept from before are to be dropped. Cheap. */
  public long destructions() {
    return destructions.get();
  }

  /** The months whose keys live. */
  public SortedSet<MonthId> alive() {
    SortedSet<MonthId> months = new TreeSet<>();
    keys.forEach(
        (month, key) -> {
          if (!key.destroyed()) {
            months.add(month);
          }
        });
    return months;
  }

  /**
   * Destroys the key of a month, and of a month that has none the chance to get one. In memory the
   * key is refused at once, whatever the disk does. May be repeated, and must be after a failure;
   * the first durable instant stays.
   *
   * @throws CryptoException.KeyStorageFailed when the disk still holds the key
   */
  public void destroy(MonthId month, Instant at) {
    synchronized (writing) {
      MonthKey key = keys.get(month);
      if (key != null) {
        key.destroy(at);
      }
      destructions.incrementAndGet();
      try {
        if (!tombstones.containsKey(month)) {
          directory.bury(new Tombstone(month, key == null ? Tombstone.NO_KEY : key.id(), at));
          tombstones.put(month, at);
        }
        keys.remove(month);
        directory.shred(month);
      } catch (IOException e) {
        throw new CryptoException.KeyStorageFailed(
            "the key of " + month + " is refused but not off the disk yet; destroy it again", e);
      } finally {
        destructions.incrementAndGet();
      }
    }
  }

  /**
   * Wraps every key on the disk by another key-encryption key, each file whole or not at all. The
   * disk counts and not the memory: a file left out could not be read at the next start. After a
   * failure or a crash, repeated with a ring that was given both, it goes on where it was.
   */
  public void rewrap(KeyEncryption next) {
    synchronized (writing) {
      encryptions.put(next.id(), next);
      current = next;
      try {
        for (KeyFile file : directory.load().keys().values()) {
          rewrap(file, next);
        }
      } catch (IOException e) {
        throw new CryptoException.KeyStorageFailed(
            "some keys are still wrapped by the old key-encryption key; rewrap again", e);
      }
      encryptions.keySet().retainAll(List.of(next.id()));
    }
  }

  private void rewrap(KeyFile file, KeyEncryption next) throws IOException {
    if (file.kek().equals(next.id())) {
      return;
    }
    byte[] secret = unwrap(file);
    try {
      directory.write(file.rewrapped(next.id(), next.wrap(secret)));
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private MonthKey make(MonthId month) {
    synchronized (writing) {
      MonthKey made = keys.get(month);
      if (made != null) {
        return made;
      }
      Instant destroyed = tombstones.get(month);
      if (destroyed != null) {
        throw new CryptoException.KeyDestroyed(month, destroyed);
      }
      byte[] secret = new byte[MonthKey.SECRET_BYTES];
      byte[] id = new byte[ID_BYTES];
      random.nextBytes(secret);
      random.nextBytes(id);
      MonthKey key = new MonthKey(month, HexFormat.of().formatHex(id), secret);
      try {
        directory.write(
            new KeyFile(
                month,
                key.id(),
                current.id(),
                current.wrap(secret),
                clock.instant(),
                SubKeys.checkValue(month, secret)));
      } catch (IOException e) {
        throw new CryptoException.KeyStorageFailed(
            "the key of " + month + " could not be made durable", e);
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
      keys.put(month, key);
      return key;
    }
  }

  private void load() throws IOException {
    synchronized (writing) {
      KeyDirectory.Contents contents = directory.load();
      contents
          .tombstones()
          .forEach((month, tombstone) -> tombstones.put(month, tombstone.destroyed()));
      contents
          .keys()
          .forEach(
              (month, file) -> {
                byte[] secret = unwrap(file);
                keys.put(month, new MonthKey(month, file.key(), secret));
                Arrays.fill(secret, (byte) 0);
              });
    }
  }

  private byte[] unwrap(KeyFile file) {
    KeyEncryption encryption = encryptions.get(file.kek());
    if (encryption == null) {
      throw new CryptoException.KeyEncryptionMissing(
          "the key of "
              + file.month()
              + " is wrapped by the key-encryption key "
              + file.kek()
              + ", and the ones given are "
              + encryptions.keySet()
              + ": put back its file");
    }
    byte[] secret =
        encryption
            .unwrap(file.wrapped())
            .orElseThrow(() -> broken(file.month(), "its key-encryption key does not open it"));
    if (secret.length != MonthKey.SECRET_BYTES
        || !Arrays.equals(SubKeys.checkValue(file.month(), secret), file.check())) {
      Arrays.fill(secret, (byte) 0);
      throw broken(file.month(), "its secret is not the one it was made with");
    }
    return secret;
  }

  private CryptoException broken(MonthId month, String what) {
    return KeyText.garbled(directory.keyFile(month), what);
  }
}
