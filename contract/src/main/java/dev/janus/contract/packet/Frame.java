package dev.janus.contract.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The frame at hand, the header it is decoded into, and how deep in it the decoder is. */
final class Frame {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  final TunnelPolicy tunnelPolicy;
  final FragmentPolicy fragmentPolicy;
  final FragmentTable fragments = new FragmentTable();
  final DecodingStatistics statistics = new DecodingStatistics();

  byte[] bytes = new byte[0];

  /** Where the captured frame ends, also the part of it that is not in {@link #bytes}. */
  int capturedEnd;

  PacketHeader packet = new PacketHeader();

  /** Tunnels around the place that is decoded now. */
  int depth;

  /** How often a link layer was found inside another one. */
  int nested;

  /** One bit for each {@link Tunnel} met in this frame. */
  int met;

  /** One bit for each {@link Tunnel} around the datagram that was kept. */
  int opened;

  Frame(TunnelPolicy tunnelPolicy, FragmentPolicy fragmentPolicy) {
    this.tunnelPolicy = tunnelPolicy;
    this.fragmentPolicy = fragmentPolicy;
  }

  int unsignedByte(int at) {
    return bytes[at] & 0xff;
  }

  int unsignedShort(int at) {
    return (short) SHORT.get(bytes, at) & 0xffff;
  }

  int int32(int at) {
    return (int) INT.get(bytes, at);
  }

  long unsignedInt(int at) {
    return (int) INT.get(bytes, at) & 0xffff_ffffL;
  }

  long int64(int at) {
    return (long) LONG.get(bytes, at);
  }
}
