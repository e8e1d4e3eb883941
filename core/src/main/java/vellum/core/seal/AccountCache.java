package vellum.core.seal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vellum.core.record.AccountId;
import vellum.core.record.Field;
import vellum.core.record.TextRule;

/**
 * The accounts seen lately, by the bytes of their ids, so that a record makes no new string and no
 * new hash. Direct-mapped: a newcomer replaces whoever had its slot. Not thread-safe.
 */
final class AccountCache {

  private static final int SLOTS = 4096;

  private final @Nullable Entry[] slots = new Entry[SLOTS];

  /** The account of an id, checked against the rule of its field when it is new. */
  Entry entry(Field field, byte[] bytes, int from, int length) {
    int hash = 1;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 15) & (SLOTS - 1);
    Entry entry = slots[slot];
    if (entry == null || !entry.is(bytes, from, length)) {
      TextRule.check(field, bytes, from, length);
      AccountId id = AccountId.of(new String(bytes, from, length, StandardCharsets.UTF_8));
      entry = new Entry(id, Arrays.copyOfRange(bytes, from, from + length), new ZoneMemo());
      slots[slot] = entry;
    }
    return entry;
  }

  /** An account, its id in UTF-8, and the offset of its zone that was found last. */
  record Entry(AccountId id, byte[] bytes, ZoneMemo zone) {
    boolean is(byte[] other, int from, int length) {
      return Arrays.equals(bytes, 0, bytes.length, other, from, from + length);
    }
  }
}
