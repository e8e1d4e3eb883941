/** Single steps of the hot path under JMH. */
@NullMarked
package vellum.bench.micro;

import org.jspecify.annotations.NullMarked;
