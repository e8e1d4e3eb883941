/**
 * What a communication detail record is: its ids, times, months, keys, and the schema compiled from
 * the options in the {@code .proto} files. Knows nothing of keys, disks or sockets.
 */
@NullMarked
package vellum.core.record;

import org.jspecify.annotations.NullMarked;
