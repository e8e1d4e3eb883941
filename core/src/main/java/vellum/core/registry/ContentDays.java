package vellum.core.registry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import vellum.v1.Channel;

/**
 * A content instruction as files and rows spell it: days, or days by channel with a {@code default}
 * for those that are not named.
 *
 * <pre>
 *   content_days: 30
 *   content_days: {default: 0, EMAIL: 365, VOICE: 90}
 * </pre>
 */
record ContentDays(ContentInstruction instruction) {

  private static final String DEFAULT = "default";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ContentDays of(int days) {
    return new ContentDays(new ContentInstruction(days));
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ContentDays of(Map<String, Integer> days) {
    Map<Channel, Integer> byChannel = new EnumMap<>(Channel.class);
    days.forEach(
        (name, own) -> {
          if (own == null) {
            throw new IllegalArgumentException("content_days has a channel without days");
          }
          if (!name.equals(DEFAULT)) {
            byChannel.put(channel(name), own);
          }
        });
    return new ContentDays(new ContentInstruction(days.getOrDefault(DEFAULT, 0), byChannel));
  }

  private static Channel channel(String name) {
    for (Channel channel : Channel.values()) {
      if (channel != Channel.UNRECOGNIZED
          && channel != Channel.CHANNEL_UNSPECIFIED
          && channel.name().equals(name)) {
        return channel;
      }
    }
    throw new IllegalArgumentException("content_days names a channel that the schema has not");
  }

  @JsonValue
  Object spelled() {
    if (instruction.byChannel().isEmpty()) {
      return instruction.days();
    }
    Map<String, Integer> days = new TreeMap<>();
    days.put(DEFAULT, instruction.days());
    instruction.byChannel().forEach((channel, own) -> days.put(channel.name(), own));
    return days;
  }
}
