package vellum.ingest.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import vellum.core.record.RecordId;
import vellum.ingest.server.Peer;
import vellum.v1.Batch;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Frame;
import vellum.v1.Rating;

/** Producers that leave gaps, over sockets, and what a node says of them. */
final class GapPeers {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final InetSocketAddress tcp;
  private final InetSocketAddress http;
  private final String token;

  GapPeers(InetSocketAddress tcp, InetSocketAddress http, String token) {
    this.tcp = tcp;
    this.http = http;
    this.token = token;
  }

  /** Connects as a stream of a producer. */
  Peer connect(String producer, long epoch) {
    Peer peer = new Peer(tcp.getPort());
    peer.send(
        Frame.newBuilder()
            .setHello(Peer.hello().setProducer(producer).setEpoch(epoch).setToken(token))
            .build());
    if (!peer.receive().hasWelcome()) {
      throw new AssertionError("not welcome");
    }
    return peer;
  }

  /** Sends records with sequences from one to another, and waits for the answer. */
  static void send(Peer peer, long first, long last) {
    Batch.Builder batch = Batch.newBuilder().setFirstSequence(first);
    for (long sequence = first; sequence <= last; sequence++) {
      batch.addRecords(record(sequence));
    }
    long acked = peer.send(Frame.newBuilder().setBatch(batch).build()).ack();
    if (acked != last) {
      throw new AssertionError("acknowledged " + acked + ", not " + last);
    }
  }

  private static DetailRecord record(long number) {
    long millis = NodeFixture.NOW.toEpochMilli() - 3_600_000 + number;
    return DetailRecord.newBuilder()
        .setRecordId(RecordId.derived(millis, "acme", Long.toString(number)).toString())
        .setStartedAt(com.google.protobuf.util.Timestamps.fromMillis(millis))
        .setAccount("acme")
        .setChannel(Channel.SMS)
        .setRating(Rating.newBuilder().setVersion(1).setSalePriceNanos(number).setCurrency("EUR"))
        .build();
  }

  /** Says goodbye and waits until the connection has ended. */
  static void leave(Peer peer, long last) {
    if (!peer.goodbye(last).receive().hasGoodbye() || !peer.isEnded()) {
      throw new AssertionError("no goodbye");
    }
    peer.close();
  }

  /** All gaps as {@code producer epoch: first-last cause}, asked for in small pages. */
  List<String> gaps(String query) throws Exception {
    List<String> gaps = new ArrayList<>();
    String cursor = "";
    JsonNode answer;
    do {
      answer = get("/v1/producers/gaps?limit=2" + query + cursor);
      answer.get("gaps").forEach(gap -> gaps.add(text(gap)));
      cursor = "&cursor=" + answer.path("next").asText();
    } while (answer.has("next"));
    return gaps;
  }

  private static String text(JsonNode gap) {
    long missing = gap.get("last_sequence").longValue() - gap.get("first_sequence").longValue() + 1;
    if (missing != gap.get("missing").longValue()) {
      throw new AssertionError(gap.toString());
    }
    return gap.get("producer").textValue()
        + " "
        + gap.get("epoch")
        + ": "
        + gap.get("first_sequence")
        + "-"
        + gap.get("last_sequence")
        + " "
        + gap.get("cause").textValue();
  }

  JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = call(path);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.body());
    }
    return MAPPER.readTree(answer.body());
  }

  /** Status and code of a question that is answered with an error. */
  String problem(String path) throws Exception {
    HttpResponse<String> answer = call(path);
    return answer.statusCode() + " " + MAPPER.readTree(answer.body()).path("code").asText();
  }

  private HttpResponse<String> call(String path) throws Exception {
    return NodeFixture.call(http, token, "GET", path, "");
  }
}
