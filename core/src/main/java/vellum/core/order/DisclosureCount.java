package vellum.core.order;

/**
 * A line of the annual statistics.
 *
 * @param key a country or a type of authorities
 * @param disclosures packages that were handed over, each counted once
 * @param records in them
 * @param withErased of the disclosures, those that lacked periods
 */
public record DisclosureCount(
    String key, long disclosures, long records, long withErased, long emergencies) {}
