package vellum.core.subject;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vellum.core.casefile.CaseId;
import vellum.core.record.Sha256;
import vellum.core.search.Found;
import vellum.v1.DetailRecord;

/** Parcels in memory, in clear. */
final class MemoryParcels implements Parcels {

  final List<DetailRecord> records = new ArrayList<>();
  final Map<CaseId, byte[]> answers = new HashMap<>();
  int abandoned;

  /** Whether the disk refuses that something is removed, too. */
  boolean isStuck;

  /** How many records may be added before the disk is full. */
  int room = Integer.MAX_VALUE;

  String answer(CaseId id) {
    return new String(answers.get(id), StandardCharsets.UTF_8);
  }

  @Override
  public Opened open(Request request, String certificate) {
    CaseId id = request.id();
    remove(id);
    records.clear();
    return new Opened(
        new Parcel() {
          @Override
          public void add(Found found, DetailRecord shown) {
            if (records.size() == room) {
              throw new IllegalStateException("the disk is full");
            }
            records.add(shown);
          }

          @Override
          public String finish(byte[] answer) {
            answers.put(id, answer);
            return Sha256.hex(answer);
          }

          @Override
          public void abandon() {
            if (isStuck) {
              throw new IllegalStateException("the disk is full");
            }
            abandoned++;
            records.clear();
          }
        },
        certificate.isEmpty() ? "opens it" : "");
  }

  @Override
  public void remove(CaseId id) {
    answers.remove(id);
  }

  @Override
  public List<String> files(CaseId id) {
    return answers.containsKey(id) ? List.of("answer.json") : List.of();
  }

  @Override
  public Optional<byte[]> file(CaseId id, String name) {
    return Optional.ofNullable(answers.get(id));
  }
}
