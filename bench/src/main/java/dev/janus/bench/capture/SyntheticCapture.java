package dev.janus.bench.capture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Writes a pcap of many interleaved connections: three of four TCP with handshake, data and FIN,
 * one UDP; a connection has {@code max(2, exp(2 + N(0,1)))} packets. Frames are cut to 96 bytes as
 * captures of headers are; lengths in the headers are those of whole packets. A function of the
 * number of packets and the seed.
 */
public final class SyntheticCapture {
  private static final int OPEN = 20_000;
  private static final int SNAP_LENGTH = 96;
  private static final int ETHERNET = 14;
  private static final int IPV4 = 20;
  private static final int TCP_HEADER = 32;
  private static final int UDP_HEADER = 8;
  private static final int SYN = 2;
  private static final int FIN = 1;
  private static final int PSH = 8;
  private static final int ACK = 16;
  private static final long FIRST_MICROS = 1_700_000_000_000_000L;

  private final SplittableRandom random;
  private final Connection[] open = new Connection[OPEN];
  private final byte[] frame = new byte[16 + SNAP_LENGTH];
  private final ByteBuffer record = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
  private final ByteBuffer wire = ByteBuffer.wrap(frame).order(ByteOrder.BIG_ENDIAN);
  private long micros = FIRST_MICROS;

  /** A conversation that still has packets to send. */
  private static final class Connection {
    private int client;
    private int server;
    private int clientPort;
    private int serverPort;
    private boolean tcp;
    private int packets;
    private int sent;

    void begin(SplittableRandom random) {
      client = 0x0a000000 | random.nextInt(1 << 16);
      server = 0xc6336400 | random.nextInt(1 << 8);
      clientPort = 1024 + random.nextInt(64_000);
      tcp = random.nextInt(4) != 0;
      serverPort = tcp ? 443 : 53;
      packets = (int) Math.min(100_000, Math.max(2, Math.exp(2 + random.nextGaussian())));
      sent = 0;
    }
  }

  private SyntheticCapture(long seed) {
    random = new SplittableRandom(seed);
    for (int i = 0; i < OPEN; i++) {
      open[i] = new Connection();
      open[i].begin(random);
    }
  }

  /** Arguments: packets, file, seed (1 if left out). */
  public static void main(String[] args) throws IOException {
    if (args.length < 2) {
      System.err.println("usage: bin/bench capture PACKETS FILE [SEED]");
      System.exit(64);
    }
    long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
    long packets = Long.parseLong(args[0]);
    Path file = Path.of(args[1]);
    write(file, packets, seed);
    System.out.printf(Locale.ROOT, "%s: %,d packets, %,d bytes%n", file, packets, Files.size(file));
  }

  static void write(Path file, long packets, long seed) throws IOException {
    SyntheticCapture capture = new SyntheticCapture(seed);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
      header.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
      header.putInt(0).putInt(0).putInt(SNAP_LENGTH).putInt(1);
      out.write(header.array());
      for (long i = 0; i < packets; i++) {
        out.write(capture.frame, 0, capture.next());
      }
    }
  }

  /** Makes the next record and returns its length. */
  private int next() {
    Connection connection = open[random.nextInt(OPEN)];
    if (connection.sent == connection.packets) {
      connection.begin(random);
    }
    micros += random.nextInt(200); // 10,000 packets a second
    int number = connection.sent++;
    boolean last = connection.sent == connection.packets;
    boolean reply =
        connection.tcp ? number == 1 || (number > 2 && random.nextBoolean()) : number % 2 == 1;
    int payload = connection.tcp && number < 3 ? 0 : random.nextInt(1400);
    int flags =
        number == 0
            ? SYN
            : number == 1 ? SYN | ACK : last ? FIN | ACK : payload > 0 ? PSH | ACK : ACK;
    int transport = connection.tcp ? TCP_HEADER : UDP_HEADER;
    int ipLength = IPV4 + transport + payload;
    int captured = Math.min(SNAP_LENGTH, ETHERNET + ipLength);
    record.clear();
    record.putInt((int) (micros / 1_000_000)).putInt((int) (micros % 1_000_000));
    record.putInt(captured).putInt(ETHERNET + ipLength);
    int at = 16;
    wire.putLong(at, 0x0200_0000_0001_0200L).putInt(at + 8, 2).putShort(at + 12, (short) 0x0800);
    at += ETHERNET;
    wire.putInt(at, 0x45000000 | ipLength).putInt(at + 4, 0).putInt(at + 8, protocol(connection));
    wire.putInt(at + 12, reply ? connection.server : connection.client);
    wire.putInt(at + 16, reply ? connection.client : connection.server);
    at += IPV4;
    wire.putShort(at, (short) (reply ? connection.serverPort : connection.clientPort));
    wire.putShort(at + 2, (short) (reply ? connection.clientPort : connection.serverPort));
    if (connection.tcp) {
      wire.putLong(at + 4, 0).putShort(at + 12, (short) (0x8000 | flags));
      wire.putShort(at + 14, (short) (512 + 8 * (number & 0xfff))).putInt(at + 16, 0);
      wire.putLong(at + 20, 0).putInt(at + 28, 0);
    } else {
      wire.putShort(at + 4, (short) (UDP_HEADER + payload)).putShort(at + 6, (short) 0);
    }
    return 16 + captured;
  }

  /** Time to live, protocol, and a checksum that nobody looks at. */
  private static int protocol(Connection connection) {
    return 64 << 24 | (connection.tcp ? 6 : 17) << 16;
  }
}
