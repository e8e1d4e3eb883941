package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
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
public final class KeyRing implements Wrapped {

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

  private final Map<MonthId, Tombstone> tombstones = new ConcurrentHashMap<>();

  /** Grows with every destruction, before and after it is durable. */
  private final AtomicLong destructions = new AtomicLong();

  /** Both guarded by {@link #writing}. */
  private final Encryptions encryptions;

  private final Grades grades = new Grades();

  private volatile KeyListener listener = KeyListener.NONE;

  /**
   * The end of a key.
   *
   * @param key its id, or {@code none} when the month never had a key
   * @param erasure what the destruction is worth: the least of all that ever wrapped it here
   */
  public record Destroyed(String key, Instant at, KeyEncryption.Erasure erasure) {

    /** Whether there was a key, so that it may have sealed something. */
    public boolean existed() {
      return !key.equals(Tombstone.NO_KEY);
    }
  }

  private KeyRing(
      KeyDirectory directory,
      List<KeyEncryption> encryptions,
      SecureRandom random,
      InstantSource clock) {
    this.directory = directory;
    this.random = random;
    this.clock = clock;
    this.encryptions = new Encryptions(encryptions);
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

  /** The end of a month's key as it is on the disk, if it is destroyed. */
  public Optional<Destroyed> destruction(MonthId month) {
    return Optional.ofNullable(tombstones.get(month))
        .map(
            tombstone ->
                new Destroyed(tombstone.key(), tombstone.destroyed(), tombstone.erasure()));
  }

  /** Who hears of keys that are made and destroyed from now on. */
  public void tell(KeyListener hearer) {
    listener = hearer;
  }

  /** The months whose keys live. */
  public SortedSet<MonthId> alive() {
    SortedSet<MonthId> months = new TreeSet<>(keys.keySet());
    months.removeIf(month -> existing(month).isEmpty());
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
        if (!key.destroyed()) {
          listener.ending(month, key.id());
        }
        key.destroy(at);
      }
      destructions.incrementAndGet();
      try {
        if (!tombstones.containsKey(month)) {
          Tombstone tombstone =
              new Tombstone(month, key == null ? Tombstone.NO_KEY : key.id(), at, grades.of(month));
          directory.bury(tombstone);
          tombstones.put(month, tombstone);
        }
        directory.shred(month);
        if (key != null) {
          keys.remove(month);
          listener.ended(month, key.id());
        }
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
  @Override
  public void rewrap(KeyEncryption next) {
    synchronized (writing) {
      encryptions.add(next);
      try {
        directory.write(
            directory.load().keys().values().stream()
                .filter(file -> !file.kek().equals(next.id()))
                .map(file -> grades.noted(wrapped(file, next)))
                .toList());
      } catch (IOException e) {
        throw new CryptoException.KeyStorageFailed(
            "some keys are still wrapped by the old key-encryption key; rewrap again", e);
      }
      encryptions.retainCurrent();
    }
  }

  /** What the directory holds, each key that lives wrapped by another key-encryption key. */
  KeyDirectory.Contents wrapped(KeyEncryption by) {
    synchronized (writing) {
      try {
        KeyDirectory.Contents contents = directory.load();
        contents.keys().replaceAll((month, file) -> wrapped(file, by));
        return contents;
      } catch (IOException e) {
        throw new CryptoException.KeyStorageFailed("the keys could not be read", e);
      }
    }
  }

  private KeyFile wrapped(KeyFile file, KeyEncryption by) {
    byte[] secret = unwrap(file);
    try {
      return file.rewrapped(by, by.wrap(secret));
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
      Tombstone tombstone = tombstones.get(month);
      if (tombstone != null) {
        throw new CryptoException.KeyDestroyed(month, tombstone.destroyed());
      }
      byte[] secret = new byte[MonthKey.SECRET_BYTES];
      byte[] id = new byte[ID_BYTES];
      random.nextBytes(secret);
      random.nextBytes(id);
      MonthKey key = new MonthKey(month, HexFormat.of().formatHex(id), secret);
      try {
        directory.write(
            grades.noted(
                new KeyFile(
                    month,
                    key.id(),
                    encryptions.current().id(),
                    encryptions.current().wrap(secret),
                    clock.instant(),
                    SubKeys.checkValue(month, secret),
                    encryptions.current().erasure())));
      } catch (IOException e) {
        throw new CryptoException.KeyStorageFailed(
            "the key of " + month + " could not be made durable", e);
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
      keys.put(month, key);
      listener.made(month, key.id());
      return key;
    }
  }

  private void load() throws IOException {
    synchronized (writing) {
      KeyDirectory.Contents contents = directory.load();
      tombstones.putAll(contents.tombstones());
      contents
          .keys()
          .forEach(
              (month, file) -> {
                byte[] secret = unwrap(grades.noted(file));
                keys.put(month, new MonthKey(month, file.key(), secret));
                Arrays.fill(secret, (byte) 0);
              });
    }
  }

  private byte[] unwrap(KeyFile file) {
    Path path = directory.keyFile(file.month());
    byte[] secret =
        encryptions.unwrap("the key of " + file.month(), path, file.kek(), file.wrapped());
    if (secret.length != MonthKey.SECRET_BYTES
        || !Arrays.equals(SubKeys.checkValue(file.month(), secret), file.check())) {
      Arrays.fill(secret, (byte) 0);
      throw KeyText.garbled(path, "its secret is not the one it was made with");
    }
    return secret;
  }
}
