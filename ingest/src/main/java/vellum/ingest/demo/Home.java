package vellum.ingest.demo;

import java.time.ZoneId;

/**
 * Where made-up accounts and carriers are at home: the zone of the days that are billed, and the
 * country whose law applies. Far apart and with all kinds of offsets, so that days differ: whole
 * hours, halves and quarters, with and without daylight saving time.
 */
enum Home {
  BERLIN("Europe/Berlin", "DE", "EUR"),
  KOLKATA("Asia/Kolkata", "IN", "INR"),
  NEW_YORK("America/New_York", "US", "USD"),
  UTC("UTC", "GB", "GBP"),
  KATHMANDU("Asia/Kathmandu", "NP", "NPR"),
  SAO_PAULO("America/Sao_Paulo", "BR", "BRL"),
  CHATHAM("Pacific/Chatham", "NZ", "NZD"),
  TOKYO("Asia/Tokyo", "JP", "JPY");

  final ZoneId zone;
  final String lawCountry;

  /** What carriers at home there charge in; accounts pay in what they like. */
  final String currency;

  Home(String zone, String lawCountry, String currency) {
    this.zone = ZoneId.of(zone);
    this.lawCountry = lawCountry;
    this.currency = currency;
  }

  /** The home of the n-th account or carrier, from 0. */
  static Home of(int index) {
    Home[] homes = values();
    return homes[index % homes.length];
  }
}
