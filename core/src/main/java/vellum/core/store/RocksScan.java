package vellum.core.store;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * A scan over the engine's iterator. It pins the files and memory of its moment until closed. Not
 * thread-safe by itself, but its store may be closed by another thread at any time: the store then
 * frees the iterator, and the scan answers that the store is closed.
 */
final class RocksScan implements Scan {

  private final Gate gate;
  private final Failures failures;
  private final Set<RocksScan> open;
  private final Natives natives;
  private final RocksIterator iterator;
  private final byte[] from;
  private byte @Nullable [] target;
  private boolean valid;
  private boolean closed;

  /**
   * @param open the store's open scans; this one leaves them when closed
   * @param natives what the iterator and its bounds take, freed with this scan
   */
  RocksScan(
      Gate gate,
      Failures failures,
      Set<RocksScan> open,
      Natives natives,
      RocksIterator iterator,
      byte[] from) {
    this.gate = gate;
    this.failures = failures;
    this.open = open;
    this.natives = natives;
    this.iterator = iterator;
    this.from = from;
    this.target = from;
  }

  @Override
  public boolean next() {
    long stamp = enter();
    try {
      return move();
    } catch (RocksDBException e) {
      throw failures.of(e, "scanning");
    } finally {
      gate.leave(stamp);
    }
  }

  @Override
  public boolean next(Row row) {
    long stamp = enter();
    try {
      if (!move()) {
        return false;
      }
      row.keyLength = iterator.key(row.key);
      if (row.keyLength > row.key.length) {
        row.key = iterator.key();
      }
      row.valueLength = iterator.value(row.value);
      if (row.valueLength > row.value.length) {
        row.value = iterator.value();
      }
      return true;
    } catch (RocksDBException e) {
      throw failures.of(e, "scanning");
    } finally {
      gate.leave(stamp);
    }
  }

  private boolean move() throws RocksDBException {
    if (target != null) {
      iterator.seek(target);
      target = null;
    } else if (valid) {
      iterator.next();
    } else {
      return false;
    }
    valid = iterator.isValid();
    if (!valid) {
      iterator.status();
    }
    return valid;
  }

  @Override
  public void seek(byte[] key) {
    target = Arrays.compareUnsigned(key, from) < 0 ? from : key.clone();
    valid = false;
  }

  @Override
  public byte[] key() {
    long stamp = enterAtRow();
    try {
      return iterator.key();
    } finally {
      gate.leave(stamp);
    }
  }

  @Override
  public byte[] value() {
    long stamp = enterAtRow();
    try {
      return iterator.value();
    } finally {
      gate.leave(stamp);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    long stamp = gate.tryEnter();
    if (stamp != Gate.CLOSED) {
      try {
        open.remove(this);
        free();
      } finally {
        gate.leave(stamp);
      }
    }
  }

  /** Frees the iterator; called by the store when it closes first. */
  void free() {
    natives.close();
  }

  private long enter() {
    if (closed) {
      throw new StoreException.Closed("scan is closed");
    }
    return gate.enter();
  }

  private long enterAtRow() {
    long stamp = enter();
    if (!valid) {
      gate.leave(stamp);
      throw new NoSuchElementException("the scan is not at a row");
    }
    return stamp;
  }
}
