package vellum.core.audit;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The check of entries, one after the other: numbers without gaps, each naming the hash of the one
 * before it, and the root of the tree at every signed size. Where a hash does not fit, the entry
 * behind says which of the two was changed. For one thread; memory does not grow with the trail.
 */
final class TrailCheck {

  private final SortedMap<Long, TreeHead> heads;
  private final Findings findings = new Findings();
  private final HashTree tree = new HashTree();

  /** Numbers that were passed over, as ranges: first → last. */
  private final TreeMap<Long, Long> missing = new TreeMap<>();

  /** One behind the highest number so far. */
  private long next;

  /** The entry before, whatever its number. */
  private @Nullable Seen before;

  /** An entry whose hash its follower does not name: one of the two was changed. */
  private @Nullable Long suspect;

  /** Signed roots so far agree up to here. */
  private long agreed;

  /** An entry that came, and its hash. */
  private record Seen(long number, String hash) {}

  /**
   * @param heads signed, by size; what they say is believed
   */
  TrailCheck(SortedMap<Long, TreeHead> heads) {
    this.heads = heads;
  }

  void take(byte[] line) {
    byte[] leaf = HashTree.leaf(line);
    Optional<Entry> read = EntryLine.read(line);
    long number = read.map(Entry::number).orElse(next);
    read.ifPresentOrElse(this::checkChain, () -> unreadable(number));
    place(number);
    before = new Seen(number, HexFormat.of().formatHex(leaf));
    tree.add(leaf);
    checkRoot();
  }

  private void unreadable(long number) {
    settle(false);
    findings.add(Finding.Kind.EDITED, number, "entry " + number + " was edited: it is no entry");
  }

  /** Compares what an entry names with the hash of the one before it. */
  private void checkChain(Entry entry) {
    Seen last = before;
    boolean follows = last == null ? entry.number() == 0 : entry.number() == last.number() + 1;
    if (!follows) {
      settle(false);
      return;
    }
    boolean fits = entry.previous().equals(last == null ? Entry.NOTHING : last.hash());
    boolean isExplained = suspect != null;
    settle(!fits);
    if (!fits && last == null) {
      findings.add(Finding.Kind.EDITED, 0, "entry 0 was edited: it names an entry before it");
    } else if (!fits && !isExplained) {
      suspect = entry.number() - 1;
    }
  }

  /**
   * Names the entry that was changed, of a suspect and its follower: a follower that does not fit
   * what comes behind it either was changed itself.
   */
  private void settle(boolean isFollowerBroken) {
    Long first = suspect;
    if (first != null) {
      edited(isFollowerBroken ? first + 1 : first);
      suspect = null;
    }
  }

  private void edited(long number) {
    findings.add(
        Finding.Kind.EDITED,
        number,
        "entry " + number + " was edited: it and the entry beside it do not fit together");
  }

  private void place(long number) {
    if (number >= next) {
      if (number > next) {
        missing.put(next, number - 1);
      }
      next = number + 1;
    } else if (wasMissing(number)) {
      findings.add(
          Finding.Kind.REORDERED,
          number,
          "entry " + number + " was reordered: it stands behind entry " + (next - 1));
    } else {
      findings.add(Finding.Kind.REPEATED, number, "entry " + number + " is there twice");
    }
  }

  private boolean wasMissing(long number) {
    Map.Entry<Long, Long> range = missing.floorEntry(number);
    if (range == null || range.getValue() < number) {
      return false;
    }
    missing.remove(range.getKey());
    if (range.getKey() < number) {
      missing.put(range.getKey(), number - 1);
    }
    if (number < range.getValue()) {
      missing.put(number + 1, range.getValue());
    }
    return true;
  }

  private void checkRoot() {
    TreeHead head = heads.get(tree.size());
    if (head == null || findings.hasForks()) {
      return;
    }
    TreeHead ours = new TreeHead(head.origin(), tree.size(), tree.root());
    if (ours.agrees(head)) {
      agreed = tree.size();
      return;
    }
    long last = tree.size() - 1;
    findings.fork(
        agreed,
        last,
        agreed == last
            ? "entry " + last + " is not the one that a checkpoint was signed over"
            // They fit together: an edited one in front of another would not.
            : range(agreed, last)
                + " are not those that a checkpoint was signed over; if only one was edited, it is"
                + " entry "
                + last);
  }

  /** Ends the check: what is missing, and what the end of the trail does not explain. */
  Findings end(OptionalLong size) {
    settle(false);
    missing.forEach(
        (first, last) ->
            findings.add(
                Finding.Kind.DROPPED,
                first,
                (first.equals(last) ? "entry " + first + " is" : range(first, last) + " are")
                    + " missing"));
    long signed = heads.isEmpty() ? 0 : heads.lastKey();
    long expected = Math.max(signed, size.orElse(0));
    if (expected > next) {
      findings.add(
          Finding.Kind.TRUNCATED,
          next,
          (expected - 1 == next ? "entry " + next + " is" : range(next, expected - 1) + " are")
              + " missing at the end: "
              + (signed == expected ? "a checkpoint was signed over " : "the trail should have ")
              + expected
              + " entries");
    }
    findings.settleForks();
    return findings;
  }

  private static String range(long first, long last) {
    return "entries " + first + " to " + last;
  }

  /** Entries that came. */
  long entries() {
    return tree.size();
  }

  /** Entries that a checkpoint covers and agrees with. */
  long agreed() {
    return agreed;
  }
}
