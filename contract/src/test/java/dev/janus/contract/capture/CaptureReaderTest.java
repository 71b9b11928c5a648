package dev.janus.contract.capture;

import static dev.janus.contract.capture.PcapReadingTest.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.janus.contract.ContractException;
import dev.janus.contract.packet.LinkType;
import dev.janus.contract.packet.PacketHeader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureReaderTest {
  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] manyPackets(int count) {
    PcapFile file = PcapFile.usual();
    for (int i = 1; i <= count; i++) {
      file.packet(i, i, udp(i));
    }
    return file.bytes();
  }

  @Test
  void theFormatIsToldByMagicWhateverTheNameSays(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("classic.pcapng");
    Files.write(file, PcapFile.usual().packet(1, 0, udp(1)).bytes());
    try (CaptureReader reader = CaptureReader.open(file)) {
      assertThat(reader.format()).isEqualTo(CaptureFormat.PCAP_MICROS);
      assertThat(reader.next(new PacketHeader())).isTrue();
      assertThat(reader.bytesRead()).isEqualTo(Files.size(file));
    }
  }

  @Test
  void everyPacketTellsWhereItsRecordStartsInTheUncompressedFile() {
    PcapFile classic = PcapFile.usual();
    PcapngFile sections =
        new PcapngFile().section(ByteOrder.BIG_ENDIAN).networkInterface(LinkType.ETHERNET, 0);
    List<Long> inClassic = new ArrayList<>();
    List<Long> inSections = new ArrayList<>();
    for (int i = 1; i <= 5_000; i++) {
      inClassic.add((long) classic.size());
      inSections.add((long) sections.size());
      classic.packet(i, 0, udp(i));
      sections.enhancedPacket(0, i, udp(i));
    }
    assertThat(offsets(classic.bytes())).isEqualTo(inClassic);
    assertThat(offsets(gzip(classic.bytes()))).isEqualTo(inClassic);
    assertThat(offsets(sections.bytes())).isEqualTo(inSections);
  }

  private static List<Long> offsets(byte[] file) {
    List<Long> offsets = new ArrayList<>();
    try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file), "test.pcap")) {
      PacketHeader packet = new PacketHeader();
      while (reader.next(packet)) {
        offsets.add(packet.fileOffset());
      }
    }
    return offsets;
  }

  @Test
  void gzippedCapturesAreReadAlsoInSeveralMembers() {
    byte[] plain = manyPackets(500);
    Captured expected = Captured.read(plain);
    assertThat(Captured.read(gzip(plain)).packets()).isEqualTo(expected.packets());

    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int from = 0; from < plain.length; from += 1000) {
      members.writeBytes(
          gzip(Arrays.copyOfRange(plain, from, Math.min(from + 1000, plain.length))));
    }
    assertThat(Captured.read(members.toByteArray()).packets()).isEqualTo(expected.packets());
    // The JDK's stream takes "nothing available" for the end of the last member.
    Captured chunked =
        Captured.read(
            new ChunkedStream(members.toByteArray(), 3, 700), InputBuffer.DEFAULT_CAPACITY);
    assertThat(chunked.packets()).isEqualTo(expected.packets());
    assertThat(chunked.statistics().describe()).isEmpty();
  }

  @Test
  void aCutGzipStreamIsACutCapture() {
    byte[] zipped = gzip(manyPackets(200));
    int most = -1;
    for (int length = 0; length < zipped.length; length++) {
      byte[] cut = Arrays.copyOf(zipped, length);
      Captured captured;
      try {
        captured = Captured.read(cut);
      } catch (ContractException e) {
        assertThat(most).as("fails only before the first packet").isEqualTo(-1);
        assertThat(e).hasMessageContaining("test.pcap: offset ");
        continue;
      }
      assertThat(captured.packets()).hasSizeGreaterThanOrEqualTo(most);
      most = captured.packets().size();
      assertThat(captured.count(CaptureIssue.DAMAGED_GZIP)).isEqualTo(1);
      assertThat(captured.statistics().stoppedAt()).isPresent();
    }
    assertThat(most).isEqualTo(200);
  }

  @Test
  void aDamagedHeaderBetweenTwoGzipMembersIsNotTheEnd() {
    byte[] plain = manyPackets(200);
    ByteBuffer records = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
    int border = 24;
    for (int packet = 0; packet < 100; packet++) {
      border += 16 + records.getInt(border + 8);
    }
    byte[] first = gzip(Arrays.copyOf(plain, border));
    byte[] second = gzip(Arrays.copyOfRange(plain, border, plain.length));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    both[first.length + 1] = 0;
    Captured captured = Captured.read(both);
    assertThat(captured.packets()).hasSize(100);
    assertThat(captured.count(CaptureIssue.DAMAGED_GZIP)).isEqualTo(1);
    assertThat(captured.statistics().stoppedAt()).hasValue(border);
  }

  @Test
  void damageInsideAGzipStreamKeepsWhatCameBefore() {
    byte[] zipped = gzip(manyPackets(20_000));
    Arrays.fill(zipped, zipped.length / 2, zipped.length / 2 + 50, (byte) 0x55);
    Captured captured = Captured.read(zipped);
    assertThat(captured.packets()).hasSizeGreaterThan(5_000);
    assertThat(captured.statistics().stoppedAt()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void howTheBytesArriveDoesNotMatter(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] classic = manyPackets(3_000);
    PcapngFile file =
        new PcapngFile().section(ByteOrder.BIG_ENDIAN).networkInterface(LinkType.ETHERNET, 0);
    for (int i = 1; i <= 3_000; i++) {
      file.enhancedPacket(0, i, udp(i)).block(99, new byte[4 * random.nextInt(300)]);
    }
    for (byte[] bytes : new byte[][] {classic, file.bytes(), gzip(classic)}) {
      Captured expected = Captured.read(bytes);
      assertThat(expected.packets()).hasSize(3_000);
      int capacity = InputBuffer.LOOK_AHEAD + random.nextInt(5_000);
      Captured captured =
          Captured.read(
              new ChunkedStream(bytes, random.nextLong(), 1 + random.nextInt(4_000)), capacity);
      assertThat(captured.packets()).isEqualTo(expected.packets());
      assertThat(captured.statistics().describe()).isEqualTo(expected.statistics().describe());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%PDF-1.7 is no capture | a PDF document",
        "PK\u0003\u0004 and more        | a zip file",
        "GMBU netmon            | Network Monitor",
        "hello, world           | starts with 'hell'",
        "ab                     | starts with 'ab'",
        "1                      | starts with '1'",
      })
  void whatIsNoCaptureIsRefusedInOneLine(String content, String named) {
    assertRefused(content.getBytes(StandardCharsets.ISO_8859_1), named);
    assertRefused(gzip(content.getBytes(StandardCharsets.ISO_8859_1)), named);
  }

  @Test
  void unprintableContentIsShownInHexadecimal() {
    assertRefused(new byte[] {1, 2, 3, 4, 5}, "starts with 0x01020304");
    assertRefused(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 5}, "a zstd file");
  }

  @Test
  void anEmptyFileIsRefused() {
    assertRefused(new byte[0], "an empty file");
    assertRefused(gzip(new byte[0]), "an empty file");
  }

  private static void assertRefused(byte[] content, String named) {
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> Captured.read(content))
        .withMessageStartingWith("test.pcap: offset 0: ")
        .withMessageContaining(named)
        .withMessageContaining("supported are pcap")
        .withMessageNotContaining("\n");
  }

  @Test
  void aCutFileHeaderIsRefusedWithTheOffset() {
    byte[] classic = PcapFile.usual().bytes();
    for (int length = 4; length < classic.length; length++) {
      byte[] cut = Arrays.copyOf(classic, length);
      assertThatExceptionOfType(ContractException.class)
          .isThrownBy(() -> Captured.read(cut))
          .withMessage(
              "test.pcap: offset %d: the file ends inside its pcap header of 24 bytes", length);
    }
    byte[] section = new PcapngFile().section(ByteOrder.LITTLE_ENDIAN).bytes();
    for (int length = 4; length < section.length; length++) {
      byte[] cut = Arrays.copyOf(section, length);
      assertThatExceptionOfType(ContractException.class)
          .isThrownBy(() -> Captured.read(cut))
          .withMessageContaining("ends inside its pcapng section header");
    }
    section[8] = 0;
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> Captured.read(section))
        .withMessageContaining("no valid byte order");
  }

  @Test
  void missingFilesAndFoldersAreNamed(@TempDir Path folder) {
    Path missing = folder.resolve("missing.pcap");
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> CaptureReader.open(missing))
        .withMessage(missing + ": no such file");
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> CaptureReader.open(folder))
        .withMessage(folder + ": is a folder, not a capture file");
  }

  @Test
  void aFailingDiskEndsWithFileAndOffset() {
    byte[] start = manyPackets(3);
    InputStream failing =
        new java.io.SequenceInputStream(
            new ByteArrayInputStream(start),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("bad sector");
              }
            });
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> Captured.read(failing, InputBuffer.DEFAULT_CAPACITY))
        .withMessage("test.pcap: offset %d: cannot be read: bad sector", start.length);
  }

  @Test
  void theStreamIsClosedAlsoWhenItIsNoCapture() {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream stream =
        new ByteArrayInputStream(new byte[50]) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> CaptureReader.open(stream, "zeros"));
    assertThat(closed).isTrue();
  }
}
