package vellum.core.registry;

import java.util.Map;
import java.util.TreeMap;
import vellum.core.record.ContentPolicy;
import vellum.v1.Channel;

/**
 * What an account instructs about the content of its messages.
 *
 * @param days kept after the communication, 0 (not kept) to 3,653
 * @param byChannel days for channels to which others apply
 */
public record ContentInstruction(int days, Map<Channel, Integer> byChannel) {

  /** Content is not kept. */
  public static final ContentInstruction NOT_KEPT = new ContentInstruction(0);

  public ContentInstruction {
    check("content_days", days);
    byChannel.forEach((channel, own) -> check("content_days." + channel, own));
    byChannel = Map.copyOf(new TreeMap<>(byChannel));
  }

  /** The same for all channels. */
  public ContentInstruction(int days) {
    this(days, Map.of());
  }

  /**
   * Days for a channel.
   *
   * @param channel number of the {@link Channel}
   */
  public int days(int channel) {
    Channel known = byChannel.isEmpty() ? null : Channel.forNumber(channel);
    return known == null ? days : byChannel.getOrDefault(known, days);
  }

  private static void check(String name, int days) {
    if (days < 0 || days > ContentPolicy.MAX_DAYS) {
      throw new IllegalArgumentException(
          name + " must be 0 to " + ContentPolicy.MAX_DAYS + ": " + days);
    }
  }
}
