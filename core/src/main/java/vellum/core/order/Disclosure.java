package vellum.core.order;

import java.time.Instant;

/**
 * An entry of the journal of disclosures: what was handed over to whom. Names no subject, and no
 * person but by the name of a token.
 *
 * @param number from 1, without gaps
 * @param order id of the order's case
 * @param type of the authority
 * @param again whether the same package had been handed over before
 * @param records of the package
 * @param erased periods of which something is no longer held
 * @param digest SHA-256 of the package's manifest, hex
 * @param operator who had it run
 * @param approver who approved it; empty while nobody has
 */
public record Disclosure(
    long number,
    String order,
    String authority,
    String country,
    String type,
    Instant at,
    boolean emergency,
    boolean again,
    long records,
    int erased,
    String digest,
    String operator,
    String approver,
    String deliveredBy) {}
