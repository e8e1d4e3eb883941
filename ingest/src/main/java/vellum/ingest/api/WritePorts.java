package vellum.ingest.api;

import java.time.InstantSource;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import vellum.core.crypto.RequestMac;
import vellum.core.journal.OwnStream;

/**
 * What takes records and other writes.
 *
 * @param records the server's stream into which records go
 * @param kept answers under idempotency keys
 * @param macs makes the MAC of a year, under which requests are remembered
 * @param nanoClock monotonic nanoseconds
 */
public record WritePorts(
    OwnStream records,
    KeptAnswers kept,
    IntFunction<RequestMac> macs,
    InstantSource clock,
    LongSupplier nanoClock) {}
