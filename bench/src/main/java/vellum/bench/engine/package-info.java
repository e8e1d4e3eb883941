/** A server's journal and months in this process, without network and threads, for benchmarks. */
@NullMarked
package vellum.bench.engine;

import org.jspecify.annotations.NullMarked;
