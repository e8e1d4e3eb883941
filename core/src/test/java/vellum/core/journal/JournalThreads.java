package vellum.core.journal;

import java.util.List;

/** The two threads of a journal, as a node gives them. */
final class JournalThreads implements AutoCloseable {

  private final ChronicleJournal journal;
  private final List<Thread> threads;
  private volatile boolean running = true;

  JournalThreads(ChronicleJournal journal) {
    this.journal = journal;
    this.threads = List.of(thread(journal.appender()), thread(journal.forcer()));
    threads.forEach(Thread::start);
  }

  private Thread thread(JournalWorker worker) {
    return new Thread(
        () -> {
          while (running) {
            if (worker.doWork() == 0) {
              worker.await();
            }
          }
        },
        worker.name());
  }

  /** Stops the threads, then closes the journal. */
  @Override
  public void close() throws InterruptedException {
    running = false;
    journal.appender().wake();
    journal.forcer().wake();
    for (Thread thread : threads) {
      thread.join();
    }
    journal.close();
  }
}
