package vellum.ingest.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import org.junit.jupiter.api.Test;
import vellum.v1.Frame;
import vellum.v1.Hello;
import vellum.v1.Rejection;
import vellum.v1.Welcome;

final class ControlFramesTest {

  private static final UnknownFieldSet UNKNOWN =
      UnknownFieldSet.newBuilder()
          .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
          .build();

  @Test
  void shouldParseAFrame() {
    Frame frame = Frame.newBuilder().setHello(Hello.newBuilder().setProducer("p")).build();
    assertThat(ControlFrames.parse(RawFrame.of(frame.toByteArray()))).isEqualTo(frame);
    assertThat(ControlFrames.hasUnknownFields(frame)).isFalse();
  }

  @Test
  void shouldParseNothingElse() {
    assertThat(ControlFrames.parse(RawFrame.of(new byte[] {1, 2, 3}))).isNull();
    assertThat(ControlFrames.parse(RawFrame.of(new byte[0]))).isNull();
    byte[] text =
        Frame.newBuilder().setHello(Hello.newBuilder().setProducer("p")).build().toByteArray();
    text[text.length - 1] = (byte) 0xFF;
    assertThat(ControlFrames.parse(RawFrame.of(text))).isNull();
  }

  @Test
  void shouldFindUnknownFieldsAtAnyDepth() {
    Frame frame = Frame.newBuilder().setHello(Hello.newBuilder().setUnknownFields(UNKNOWN)).build();
    assertThat(ControlFrames.hasUnknownFields(frame)).isTrue();
    Welcome welcome =
        Welcome.newBuilder()
            .addRejections(Rejection.newBuilder().setUnknownFields(UNKNOWN))
            .build();
    assertThat(ControlFrames.hasUnknownFields(Frame.newBuilder().setWelcome(welcome).build()))
        .isTrue();
  }
}
