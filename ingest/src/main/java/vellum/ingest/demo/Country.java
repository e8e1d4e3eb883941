package vellum.ingest.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * A country's part of the traffic: its mobile numbers, networks and clock. Immutable.
 *
 * @param iso ISO 3166-1 alpha-2
 * @param callingCode country calling code (ITU-T E.164)
 * @param utcOffsetMinutes standard time, for the day curve
 * @param weight share of the subscribers, in parts of the sum of all weights
 * @param nationalDigits digits after the calling code
 * @param prefixes beginnings of mobile numbers after the calling code
 * @param networks MCC and MNC of mobile networks (ITU-T E.212)
 */
record Country(
    String iso,
    String callingCode,
    int utcOffsetMinutes,
    int weight,
    int nationalDigits,
    List<String> prefixes,
    List<String> networks) {

  /** One line a country: iso, code, offset, weight, digits, prefixes, networks. */
  private static final String TABLE =
      """
      DE 49 60 90 10 160,162,163,170,171,172,173,174,175,176,177,178,179 26201,26202,26203
      GB 44 0 80 10 7400,7500,7710,7720,7800,7850,7900,7950,7970 23410,23415,23420,23430
      FR 33 60 70 9 60,61,62,64,65,66,67,68 20801,20810,20815,20820
      IT 39 60 60 10 320,328,333,338,340,347,348,349,380,388,392 22201,22210,22288,22250
      ES 34 60 50 9 60,61,62,65,66,67,68,69 21401,21403,21407,21404
      PL 48 60 40 9 500,501,505,510,600,601,602,660,690,790 26001,26002,26003,26006
      NL 31 60 25 9 61,62,64,65 20404,20408,20416
      BE 32 60 15 9 470,471,472,473,474,475,476,477,478,479,490,491 20601,20610,20620
      AT 43 60 12 10 650,660,664,676,680,699 23201,23203,23205
      CH 41 60 12 9 76,77,78,79 22801,22802,22803
      HR 385 60 12 9 910,911,912,915,980,981,989,950 21901,21902,21910
      SE 46 60 14 9 70,72,73,76,79 24001,24002,24007
      NO 47 60 8 8 90,91,92,93,95,97,98 24201,24202,24214
      DK 45 60 8 8 26,27,28,302,312,405,412,422,505 23801,23802,23820
      FI 358 120 8 9 40,44,45,50 24405,24412,24491
      PT 351 0 12 9 91,92,93,96 26801,26803,26806
      CZ 420 60 12 9 601,602,603,604,605,606,607,720,721,722,730,770 23001,23002,23003
      RO 40 120 20 9 72,73,74,75,76 22601,22603,22610
      HU 36 60 12 9 20,30,70 21601,21630,21670
      GR 30 120 12 10 690,693,694,697,698 20201,20205,20210
      TR 90 180 60 10 530,531,532,533,541,542,543,551,552 28601,28602,28603
      US 1 -300 120 10 2013,2026,2125,2134,3057,3108,3123,4046,4157,5128,6174,6463,7025,7189 310260,310410,311480
      CA 1 -300 20 10 4165,5146,6047,4033,6138,6472,9054 302220,302610,302720
      BR 55 -180 80 11 119,219,319,419,519,619,719,819 72405,72406,72411
      MX 52 -360 50 10 55,33,81 33402,33403,33405
      IN 91 330 140 10 70,90,97,98,99 40410,40411,40445,40520
      ID 62 420 70 11 812,813,821,852,857,878 51001,51010,51011
      JP 81 540 30 10 801,803,805,807,901,904,906,908 44010,44020,44050
      AU 61 600 20 9 40,41,42,43 50501,50502,50503
      ZA 27 120 30 9 72,73,76,82,83,84 65501,65502,65507
      NG 234 60 50 10 803,805,806,810,813,816,903,906 62120,62130,62150
      EG 20 120 50 10 10,11,12,15 60201,60202,60203
      AE 971 240 12 9 50,52,54,55,56 42402,42403
      SA 966 180 20 9 50,53,54,55,56 42001,42003,42004
      """;

  /** All countries, always in the same order. */
  static List<Country> all() {
    List<Country> countries = new ArrayList<>();
    for (String line : TABLE.split("\n", -1)) {
      if (!line.isBlank()) {
        String[] cells = line.trim().split(" ", -1);
        countries.add(
            new Country(
                cells[0],
                cells[1],
                Integer.parseInt(cells[2]),
                Integer.parseInt(cells[3]),
                Integer.parseInt(cells[4]),
                List.of(cells[5].split(",", -1)),
                List.of(cells[6].split(",", -1))));
      }
    }
    return List.copyOf(countries);
  }
}
