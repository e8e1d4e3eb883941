package vellum.core.audit;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import vellum.core.record.Sha256;

/**
 * A hash tree of RFC 6962, section 2.1, that grows at its right edge: SHA-256, leaves behind a byte
 * 0, nodes behind a byte 1. It holds the roots of its full subtrees only, the largest first: as
 * many as the size has bits set. Not thread-safe.
 */
final class HashTree {

  static final int HASH_BYTES = 32;

  private final List<byte[]> full;
  private long size;

  HashTree() {
    this(0, List.of());
  }

  /**
   * A tree as it was.
   *
   * @param full roots of its full subtrees, the largest first
   */
  HashTree(long size, List<byte[]> full) {
    if (size < 0 || full.size() != Long.bitCount(size)) {
      throw new IllegalArgumentException(
          "a tree of " + size + " leaves has other subtrees than " + full.size());
    }
    this.size = size;
    this.full = new ArrayList<>(full);
  }

  HashTree copy() {
    return new HashTree(size, full);
  }

  long size() {
    return size;
  }

  /** Roots of the full subtrees, the largest first. */
  List<byte[]> full() {
    return List.copyOf(full);
  }

  static byte[] leaf(byte[] data) {
    MessageDigest digest = Sha256.begin();
    digest.update((byte) 0);
    return digest.digest(data);
  }

  private static byte[] node(byte[] left, byte[] right) {
    MessageDigest digest = Sha256.begin();
    digest.update((byte) 1);
    digest.update(left);
    return digest.digest(right);
  }

  /** Puts a leaf's hash at the right edge. */
  void add(byte[] leaf) {
    byte[] root = leaf;
    for (long pairs = size; (pairs & 1) == 1; pairs >>= 1) {
      root = node(full.remove(full.size() - 1), root);
    }
    full.add(root);
    size++;
  }

  /** The hash of the whole; of an empty tree that of no bytes. */
  byte[] root() {
    if (full.isEmpty()) {
      return Sha256.begin().digest();
    }
    byte[] root = full.get(full.size() - 1);
    for (int i = full.size() - 2; i >= 0; i--) {
      root = node(full.get(i), root);
    }
    return root;
  }
}
