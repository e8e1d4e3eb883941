package vellum.bench.peers;

/** What a peer is asked to do, in the order in which it is asked. */
enum Work {
  W1("acked ingest with 1, 8 and 64 producers"),
  W3("all records of a number"),
  W4("a month's totals by account, channel and currency"),
  W2("records of an account and hour, under load"),
  W6("bytes a record"),
  W5("strip of the oldest of twelve months"),
  W7("kill -9 under load, and restart");

  private final String title;

  Work(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
