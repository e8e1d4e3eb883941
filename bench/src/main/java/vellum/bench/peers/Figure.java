package vellum.bench.peers;

/** Something that is measured of each peer in each round. */
enum Figure {
  ACKED_1(Work.W1, "acked, 1 producer", "records/s", true),
  ACKED_8(Work.W1, "acked, 8 producers", "records/s", true),
  ACKED_64(Work.W1, "acked, 64 producers", "records/s", true),
  /** From the first record sent until all are found and counted. */
  VISIBLE_1(Work.W1, "visible, 1 producer", "records/s", true),
  VISIBLE_8(Work.W1, "visible, 8 producers", "records/s", true),
  VISIBLE_64(Work.W1, "visible, 64 producers", "records/s", true),
  /** Of all its processes, over the three loads, until all was visible. */
  SERVER_CPU(Work.W1, "CPU of the server", "us/record", false),
  /** Of the measuring process: clients, and reading the traffic. */
  CLIENT_CPU(Work.W1, "CPU of the client", "us/record", false),
  /** At the ends of the loads, of all its processes, anonymous pages. */
  MEMORY(Work.W1, "memory", "MiB", false),
  LIST_P50(Work.W2, "account and hour, p50", "ms", false),
  LIST_P99(Work.W2, "account and hour, p99", "ms", false),
  /** Of the rate asked for. */
  LIST_LOAD(Work.W2, "load kept meanwhile", "%", true),
  FIND_P50(Work.W3, "number, p50", "ms", false),
  FIND_P99(Work.W3, "number, p99", "ms", false),
  TOTALS_FIRST(Work.W4, "month's totals, asked first", "ms", false),
  /** The median of five, when asked for some seconds before. */
  TOTALS(Work.W4, "month's totals", "ms", false),
  STRIP_GONE(Work.W5, "strip, identities gone", "s", false),
  STRIP_DONE(Work.W5, "strip, done", "s", false),
  /** By its processes, per record of the month. */
  STRIP_WRITTEN(Work.W5, "strip, written", "bytes/record", false),
  NUMBERS_BEFORE(Work.W5, "numbers on disk before", "%", false),
  NUMBERS_AFTER(Work.W5, "numbers on disk after", "%", false),
  DATA_BYTES(Work.W6, "data", "bytes/record", false),
  LOG_BYTES(Work.W6, "log beside it", "bytes/record", false),
  /** Until it takes a record and answers a question. */
  RESTART(Work.W7, "restart after kill -9", "s", false),
  LOST(Work.W7, "acked records lost", "records", false);

  private final Work work;
  private final String title;
  private final String unit;
  private final boolean moreIsBetter;

  Figure(Work work, String title, String unit, boolean moreIsBetter) {
    this.work = work;
    this.title = title;
    this.unit = unit;
    this.moreIsBetter = moreIsBetter;
  }

  Work work() {
    return work;
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  boolean moreIsBetter() {
    return moreIsBetter;
  }
}
