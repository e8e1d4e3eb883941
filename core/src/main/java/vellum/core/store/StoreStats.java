package vellum.core.store;

/**
 * What a store uses and how it is, at one moment.
 *
 * @param liveFileBytes bytes of its table files
 * @param memtableBytes bytes in memory, not yet flushed
 * @param estimatedKeys rows of all tables, estimated
 * @param pendingCompactionBytes bytes that compaction still has to rewrite
 * @param backgroundErrors errors of background work, and writes that failed, since it was opened
 * @param writeStopped whether writes wait for compaction
 */
public record StoreStats(
    long liveFileBytes,
    long memtableBytes,
    long estimatedKeys,
    long pendingCompactionBytes,
    long backgroundErrors,
    boolean writeStopped) {}
