package vellum.bench.load;

import vellum.v1.Delivery;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;
import vellum.v1.Rating;
import vellum.v1.Submission;

/**
 * The least that a platform bills and answers from: who, whom, when, by which network and carrier,
 * how it ended, and what it costs. A whole record has some 190 bytes in place of 457.
 */
final class SmallRecord {

  private SmallRecord() {}

  /** The same message with fewer fields; it has the aspects that the other one has. */
  static DetailRecord of(DetailRecord whole) {
    DetailRecord.Builder small =
        DetailRecord.newBuilder()
            .setRecordId(whole.getRecordId())
            .setStartedAt(whole.getStartedAt())
            .setAccount(whole.getAccount())
            .setChannel(whole.getChannel())
            .setDirection(whole.getDirection());
    if (whole.hasSubmission()) {
      small.setSubmission(of(whole.getSubmission()));
    }
    if (whole.hasDelivery()) {
      small.setDelivery(of(whole.getDelivery()));
    }
    if (whole.hasRating()) {
      small.setRating(of(whole.getRating()));
    }
    whole.getLegsList().forEach(leg -> small.addLegs(of(leg)));
    return small.build();
  }

  private static Submission of(Submission whole) {
    return Submission.newBuilder()
        .setVersion(whole.getVersion())
        .setDirection(whole.getDirection())
        .setMccMnc(whole.getMccMnc())
        .setSender(whole.getSender())
        .setRecipient(whole.getRecipient())
        .build();
  }

  private static Delivery of(Delivery whole) {
    return Delivery.newBuilder()
        .setVersion(whole.getVersion())
        .setStatusGroup(whole.getStatusGroup())
        .setDoneAt(whole.getDoneAt())
        .build();
  }

  private static Rating of(Rating whole) {
    return Rating.newBuilder()
        .setVersion(whole.getVersion())
        .setUnits(whole.getUnits())
        .setUnitType(whole.getUnitType())
        .setSalePriceNanos(whole.getSalePriceNanos())
        .setCurrency(whole.getCurrency())
        .build();
  }

  private static Leg of(Leg whole) {
    return Leg.newBuilder()
        .setNumber(whole.getNumber())
        .setVersion(whole.getVersion())
        .setSupplier(whole.getSupplier())
        .setStatusGroup(whole.getStatusGroup())
        .setCostNanos(whole.getCostNanos())
        .setCurrency(whole.getCurrency())
        .build();
  }
}
