package vellum.ingest.node;

/**
 * How long closed cases are kept, by their kinds. Then their keys are destroyed.
 *
 * @param holdYears years after the release of a hold, 1 to 30; 3
 * @param orderYears years after the closing of an order, 1 to 30; 5
 * @param requestYears years after the closing of a person's request, 1 to 30; 3
 */
public record CasesConfig(int holdYears, int orderYears, int requestYears) {

  private static final int MOST_YEARS = 30;

  public CasesConfig {
    check("holdYears", holdYears);
    check("orderYears", orderYears);
    check("requestYears", requestYears);
  }

  /** The defaults. */
  public static CasesConfig defaults() {
    return new CasesConfig(3, 5, 3);
  }

  private static void check(String name, int years) {
    if (years < 1 || years > MOST_YEARS) {
      throw new IllegalArgumentException(name + " must be 1 to " + MOST_YEARS + ": " + years);
    }
  }
}
