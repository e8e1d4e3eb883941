package vellum.core.store;

import java.nio.file.Path;

/**
 * A sorted file of a bulk load, finished and durable. The arrays are not to be changed.
 *
 * @param rows at least 1
 * @param bytes on disk
 */
public record LoadedFile(
    Table table, Path file, byte[] firstKey, byte[] lastKey, long rows, long bytes) {}
