package dev.janus.bench.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The examples of the wire format's description, and what it says of the other types used. */
class ProtoMessageTest {
  @Test
  void numbersAreVarintsLowestBitsFirst() {
    assertThat(hex(new ProtoMessage().number(1, 150))).isEqualTo("089601");
    assertThat(hex(new ProtoMessage().number(1, 0))).isEqualTo("0800");
    assertThat(hex(new ProtoMessage().number(1, 127).number(1, 128))).isEqualTo("087f088001");
  }

  @Test
  void negativeNumbersTakeTenBytes() {
    assertThat(hex(new ProtoMessage().number(1, -1))).isEqualTo("08ffffffffffffffffff01");
  }

  @Test
  void textsCarryTheirLengthInBytes() {
    assertThat(hex(new ProtoMessage().text(2, "testing"))).isEqualTo("120774657374696e67");
    assertThat(hex(new ProtoMessage().text(2, "é"))).isEqualTo("1202c3a9");
  }

  @Test
  void messagesNest() {
    assertThat(hex(new ProtoMessage().message(3, new ProtoMessage().number(1, 150))))
        .isEqualTo("1a03089601");
  }

  @Test
  void realsAreLittleEndian() {
    assertThat(hex(new ProtoMessage().real(2, 1f))).isEqualTo("150000803f");
  }

  @Test
  void fieldNumbersAboveFifteenTakeTwoBytes() {
    assertThat(hex(new ProtoMessage().number(20, 2))).isEqualTo("a00102");
  }

  private static String hex(ProtoMessage message) {
    return HexFormat.of().formatHex(message.toByteArray());
  }
}
