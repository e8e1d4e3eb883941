package vellum.core.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The check of a whole trail against its signed checkpoints, and those that were kept elsewhere.
 * For one thread.
 */
public final class TrailVerification {

  private final TrailSource source;
  private final List<VerifierKey> keys;
  private final SortedMap<Long, TreeHead> heads = new TreeMap<>();
  private final List<Finding> ofCheckpoints = new ArrayList<>();
  private long unknown;

  /**
   * What a check came to.
   *
   * @param entries that were read
   * @param signed of them, how many a good checkpoint covers; what is behind is held together by
   *     its hashes only
   * @param checkpoints that hold
   * @param unknown checkpoints that none of the keys signed
   * @param findings what is wrong, by entry; empty when all is well
   */
  public record Verdict(
      long entries, long signed, long checkpoints, long unknown, List<Finding> findings) {

    public boolean isGood() {
      return findings.isEmpty();
    }
  }

  /**
   * @param keys that are trusted; empty: those that the trail names, which proves only that it fits
   *     together
   */
  public TrailVerification(TrailSource source, List<VerifierKey> keys) {
    this.source = source;
    this.keys = keys.isEmpty() ? source.keys() : List.copyOf(keys);
  }

  /** Takes a checkpoint that was kept elsewhere. */
  public void addCheckpoint(String note) {
    try {
      Note read = Note.parse(note);
      TreeHead head = TreeHead.parse(read.text());
      switch (read.trust(keys)) {
        case UNKNOWN -> unknown++;
        case BROKEN -> bad(head.size(), "its signature does not hold");
        case SIGNED -> add(head);
      }
    } catch (AuditException.Unreadable e) {
      bad(0, String.valueOf(e.getMessage()));
    }
  }

  private void add(TreeHead head) {
    if (!head.origin().equals(source.origin())) {
      bad(head.size(), "it is of another trail, " + head.origin());
      return;
    }
    TreeHead other = heads.putIfAbsent(head.size(), head);
    if (other != null && !other.agrees(head)) {
      ofCheckpoints.add(
          new Finding(
              Finding.Kind.FORKED,
              head.size() - 1,
              "two checkpoints over "
                  + head.size()
                  + " entries were signed, and differ: the trail was forked at entry "
                  + (head.size() - 1)
                  + " or before"));
    }
  }

  private void bad(long size, String why) {
    if (ofCheckpoints.size() < Findings.MOST) {
      ofCheckpoints.add(
          new Finding(
              Finding.Kind.BAD_CHECKPOINT, size, "a checkpoint over " + size + " entries: " + why));
    }
  }

  /** Reads the trail, and compares. */
  public Verdict run() throws IOException {
    source.checkpoints(this::addCheckpoint);
    TrailCheck check = new TrailCheck(heads);
    source.entries(check::take);
    OptionalLong size = source.size();
    List<Finding> findings = new ArrayList<>(check.end(size).all());
    findings.addAll(ofCheckpoints);
    return new Verdict(check.entries(), check.agreed(), heads.size(), unknown, findings);
  }
}
