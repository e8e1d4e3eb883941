package vellum.core.order;

/**
 * Where an order is in its life. Stored by name; none is renamed.
 *
 * <pre>
 *   DRAFT → SUBMITTED → APPROVED → RUNNING → READY → DELIVERED → CLOSED
 *              │  └ emergency ───────┘
 *              └──→ REJECTED → CLOSED
 * </pre>
 *
 * A run that fails goes back to where it began. An order in an emergency may run before it is
 * approved; it is rejected afterwards from wherever it is.
 */
public enum OrderState {
  DRAFT,
  SUBMITTED,
  APPROVED,
  REJECTED,
  RUNNING,
  READY,
  DELIVERED,
  CLOSED
}
