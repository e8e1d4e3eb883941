package vellum.bench.micro;

import java.util.List;

/**
 * A line of the budget: a benchmark, and how often a record needs it.
 *
 * @param kind how it is added up
 * @param name for people
 * @param benchmark name of its result
 * @param times operations of the benchmark for each record
 * @param least what the step cannot do without, for each record
 */
record Step(Kind kind, String name, String benchmark, double times, Work least) {

  /** How a line is added up. */
  enum Kind {
    /** One of the disjoint steps whose sum is compared with the whole. */
    STEP,
    /** A part of a step before it, or another measure of it. */
    PART,
    /** The whole way. */
    WHOLE,
    /** Not on the way of a record that comes in. */
    BESIDE
  }

  private static final double BATCH = 500;

  /** The steps of the hot path in their order. */
  static List<Step> ofRecords(Density d) {
    double seals = d.identities() + d.texts();
    double stored = d.rowBytes() + 24 + 24 * d.identities();
    Work body = Work.copyAndSum(d.bodyBytes());
    Work forced = new Work(0, 0, d.bodyBytes(), d.bodyBytes(), d.bodyBytes());
    return List.of(
        step(
            "frame cut out and summed", "FrameBenchmark.cut", 1, Work.copyAndSum(d.messageBytes())),
        step("batch walked", "FrameBenchmark.walk", 1, Work.NONE),
        step(
            "parsed, checked, row written", "ParseBenchmark.parse", 1, Work.copy(d.messageBytes())),
        part("canonical forms", "IdentityBenchmark.canonical", d.identities(), Work.NONE),
        part("entries and body", "EncodeBenchmark.encode", 1, Work.copy(2 * d.bodyBytes())),
        step("first value sealed", "CipherBenchmark.sealFirst", 1, Work.chained(4)),
        step(
            "further values sealed",
            "CipherBenchmark.sealRepeated",
            Math.max(0, seals - 1),
            Work.chained(2 * Math.max(0, seals - 1))),
        step(
            "pseudonyms",
            "CipherBenchmark.pseudonym",
            d.identities(),
            Work.chained(d.identities())),
        step("masked, unmasked", "CipherBenchmark.mask", 2, Work.blocks(2)),
        part("sealer as a whole", "SealBenchmark.seal:aspects=0.0,registry=none", 1, Work.NONE),
        step("appended, 16 batches forced", "ForceBenchmark.appendAndForce", 1, forced),
        part("ring", "RingBenchmark.handOver", 1 / BATCH, Work.NONE),
        part("append, 1 a batch", "JournalBenchmark.append:batch=1", 1, body),
        part("append, 16 a batch", "JournalBenchmark.append:batch=16", 1, body),
        part("append, 256 a batch", "JournalBenchmark.append:batch=256", 1, body),
        part("append, 4096 a batch", "JournalBenchmark.append:batch=4096", 1, body),
        step("read by the applier", "ForceBenchmark.read", 1, body),
        step("looked up: new", "MonthBenchmark.lookUpNew", 1, Work.NONE),
        part("looked up: known", "MonthBenchmark.lookUpKnown", 1, Work.NONE),
        step("totals", "CellBenchmark.readAndSumIntoMonth", 1, Work.NONE),
        step(
            "references encrypted",
            "CipherBenchmark.references",
            d.identities(),
            Work.blocks(d.identities())),
        step("written to RocksDB", "MonthBenchmark.write", 1, Work.copy(stored)),
        new Step(Kind.WHOLE, "the whole way", "PathBenchmark.path", 1, Work.NONE),
        beside("of it behind the sealer", "PathBenchmark.journalAndApply"),
        beside("a record stripped", "StripBenchmark.strip"),
        beside("a record revealed", "RevealBenchmark.reveal"),
        beside("a record looked up: opened, as JSON", "LookupBenchmark.openAndWrite"),
        beside("the same by Protobuf's objects", "LookupBenchmark.openAndPrint"));
  }

  private static Step step(String name, String benchmark, double times, Work least) {
    return new Step(Kind.STEP, name, benchmark, times, least);
  }

  private static Step part(String name, String benchmark, double times, Work least) {
    return new Step(Kind.PART, name, benchmark, times, least);
  }

  private static Step beside(String name, String benchmark) {
    return new Step(Kind.BESIDE, name, benchmark, 1, Work.NONE);
  }
}
