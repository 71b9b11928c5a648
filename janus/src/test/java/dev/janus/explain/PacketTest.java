package dev.janus.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.packet.PacketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketTest {
  @Test
  void aTokenIsReadChannelByChannel() {
    float[] tokens = {0, 0, 0, 0, 0, 0, 0, 0, 0, 60, 25, 1, 1, 1, 0, 0, 0, 65_535};
    Packet packet = Packet.of(tokens, 1);
    assertThat(packet)
        .isEqualTo(
            new Packet(
                60, 25, Side.RESPONDER, List.of(PacketChannel.SYN, PacketChannel.ACK), 65_535));
    assertThat(packet.flagsText()).isEqualTo("SYN ACK");
    assertThat(packet.isSet(PacketChannel.DIRECTION)).isTrue();
    assertThat(packet.isSet(PacketChannel.SYN)).isTrue();
    assertThat(packet.isSet(PacketChannel.PSH)).isFalse();
    assertThat(Packet.of(tokens, 0).flagsText()).isEqualTo("no TCP flags");
    assertThat(Packet.of(tokens, 0).sender()).isEqualTo(Side.INITIATOR);
  }

  @Test
  void anAckIsBareWithoutOtherFlagsAndWithoutRoomForData() {
    List<PacketChannel> ack = List.of(PacketChannel.ACK);
    assertThat(new Packet(52, 0, Side.INITIATOR, ack, 1).isBareAck()).isTrue();
    assertThat(new Packet(80, 0, Side.INITIATOR, ack, 1).isBareAck()).isTrue();
    assertThat(new Packet(1500, 0, Side.INITIATOR, ack, 1).isBareAck()).isFalse();
    assertThat(
            new Packet(52, 0, Side.INITIATOR, List.of(PacketChannel.ACK, PacketChannel.PSH), 1)
                .isBareAck())
        .isFalse();
    assertThat(new Packet(52, 0, Side.INITIATOR, List.of(), 0).isBareAck()).isFalse();
  }
}
