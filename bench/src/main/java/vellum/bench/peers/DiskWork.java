package vellum.bench.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import vellum.ingest.scan.ByteForm;
import vellum.ingest.scan.DirectoryScan;
import vellum.ingest.scan.Findings;
import vellum.ingest.scan.ValueSet;

/** W5 and W6: what is on the disk. For one thread. */
final class DiskWork {

  private static final double SECONDS = 1e9;
  private static final int DU_MINUTES = 5;

  private static final String NO_NUMBERS =
      "not possible: of the numbers sampled none stands in the oldest month alone; more --records"
          + " have some";

  private final Peer peer;
  private final PeerPlace place;
  private final Questions questions;
  private final Outcomes outcomes;

  DiskWork(Peer peer, PeerPlace place, Questions questions, Outcomes outcomes) {
    this.peer = peer;
    this.place = place;
    this.questions = questions;
    this.outcomes = outcomes;
  }

  /**
   * W6, at rest: after a clean stop.
   *
   * @param records that it has
   */
  void bytes(long records) throws Exception {
    peer.stop();
    long logs = 0;
    for (Path log : peer.logs()) {
      logs += Files.exists(log) ? used(log) : 0;
    }
    outcomes.tell(Figure.DATA_BYTES, (double) (used(place.data()) - logs) / records);
    outcomes.tell(Figure.LOG_BYTES, (double) logs / records);
    peer.start();
  }

  /** W5, of the oldest month. */
  void strip() throws Exception {
    boolean looksFor = !questions.oldNumbers().isEmpty();
    if (looksFor) {
      outcomes.tell(Figure.NUMBERS_BEFORE, numbersLeft());
    } else {
      outcomes.tell(Figure.NUMBERS_BEFORE, Double.NaN, NO_NUMBERS);
    }
    long written = PeerProcess.writtenBytes();
    Peer.Stripped stripped = peer.strip(Slice.OLDEST);
    written = PeerProcess.writtenBytes() - written;
    outcomes.tell(Figure.STRIP_GONE, stripped.goneNanos() / SECONDS);
    outcomes.tell(Figure.STRIP_DONE, stripped.doneNanos() / SECONDS);
    outcomes.tell(Figure.STRIP_WRITTEN, (double) written / questions.oldRecords());
    if (looksFor) {
      outcomes.tell(Figure.NUMBERS_AFTER, numbersLeft());
    } else {
      outcomes.tell(Figure.NUMBERS_AFTER, Double.NaN, "not possible: none was looked for before");
    }
  }

  /**
   * Share, in per cent, of numbers of the oldest month that stand in some file, as they are or in
   * another {@link ByteForm}; what may stand there by chance is not counted.
   */
  private double numbersLeft() throws IOException {
    ValueSet values = new ValueSet();
    for (int i = 0; i < questions.oldNumbers().size(); i++) {
      values.add(questions.oldNumbers().get(i), i + 1);
    }
    Set<Integer> lines = new HashSet<>();
    for (Findings.Hit hit :
        new DirectoryScan(values).ofFiles(place.data(), (done, total) -> {}).hits()) {
      if (!hit.form().byChance()) {
        lines.add(hit.line());
      }
    }
    return 100.0 * lines.size() / values.size();
  }

  /** Bytes that files take from the disk; holes take none. */
  private static long used(Path directory) throws IOException, InterruptedException {
    Process du =
        new ProcessBuilder("du", "-s", "-B1", directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String line = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!du.waitFor(DU_MINUTES, TimeUnit.MINUTES) || line.isBlank()) {
      throw new IOException("du did not say what " + directory + " takes");
    }
    return Long.parseLong(line.split("\\s", 2)[0]);
  }
}
