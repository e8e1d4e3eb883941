package vellum.core.settlement;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import vellum.core.registry.Registry;

/**
 * What the closing of periods works with.
 *
 * @param known whom it may be asked about
 * @param grace how long after its end a period stays open
 * @param keptYears years for which a period is kept after its own
 */
public record PeriodSetup(
    ClosingStore store,
    Books books,
    Supplier<Registry> registry,
    KnownParties known,
    Standstill standstill,
    InstantSource clock,
    Duration grace,
    int keptYears) {}
