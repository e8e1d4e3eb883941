/**
 * Makes up traffic: seeded, realistic, the same for the same options on every machine. No number is
 * taken from a person; all are drawn from the ranges that countries give to mobile networks.
 */
@NullMarked
package vellum.ingest.demo;

import org.jspecify.annotations.NullMarked;
