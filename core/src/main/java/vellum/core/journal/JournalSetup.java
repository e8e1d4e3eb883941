package vellum.core.journal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import vellum.core.disk.Disk;

/**
 * Where and with what a journal is opened.
 *
 * @param directory the journal's
 * @param clock for the times of entries
 * @param nanoClock monotonic, for ages; {@code System::nanoTime}
 */
record JournalSetup(
    Path directory, JournalConfig config, InstantSource clock, LongSupplier nanoClock, Disk disk) {}
