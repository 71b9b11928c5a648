package dev.janus.contract.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GzipStreamTest {
  private static final byte[] FIRST = text(9000, 1);
  private static final byte[] SECOND = text(500, 2);
  private static final byte[] PLAIN = join(FIRST, SECOND);
  private static final byte[] MEMBERS =
      join(CaptureReaderTest.gzip(FIRST), CaptureReaderTest.gzip(SECOND));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17, 512, 1 << 16})
  void allMembersAreUnpackedWhateverTheBufferHolds(int bufferBytes) throws IOException {
    assertThat(unpacked(MEMBERS, bufferBytes)).isEqualTo(PLAIN);
    assertThat(unpacked(CaptureReaderTest.gzip(new byte[0]), bufferBytes)).isEmpty();
  }

  @Test
  void bytesCanBeReadOneByOne() throws IOException {
    try (GzipStream in = new GzipStream(new ByteArrayInputStream(MEMBERS), 64)) {
      for (byte expected : PLAIN) {
        assertThat(in.read()).isEqualTo(expected & 0xff);
      }
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void everyCutButThatBetweenMembersIsNoticed() throws IOException {
    int border = CaptureReaderTest.gzip(FIRST).length;
    assertThat(unpacked(Arrays.copyOf(MEMBERS, border), 512)).isEqualTo(FIRST);
    for (int length = 0; length < MEMBERS.length; length++) {
      byte[] cut = Arrays.copyOf(MEMBERS, length);
      if (length != border) {
        assertThatExceptionOfType(EOFException.class)
            .as("cut at %d", length)
            .isThrownBy(() -> unpacked(cut, 512));
      }
    }
  }

  @Test
  void aBitThatIsWrongIsNoticedOrChangesNoByte() throws IOException {
    for (int at = 0; at < MEMBERS.length; at++) {
      byte[] damaged = MEMBERS.clone();
      damaged[at] ^= 1;
      try {
        // Time, level and system of a header mean nothing to the content.
        assertThat(unpacked(damaged, 512)).as("bit at %d", at).isEqualTo(PLAIN);
      } catch (ZipException | EOFException e) {
        assertThat(e).hasMessageMatching(".+");
      }
    }
  }

  @Test
  void aDamagedHeaderOfALaterMemberIsNotTheEnd() {
    int border = CaptureReaderTest.gzip(FIRST).length;
    for (int at = border; at < border + 3; at++) {
      byte[] damaged = MEMBERS.clone();
      damaged[at] = 9;
      assertThatExceptionOfType(ZipException.class).isThrownBy(() -> unpacked(damaged, 512));
    }
  }

  @Test
  void zerosBehindTheLastMemberArePaddingAndOtherBytesAreNot() throws IOException {
    assertThat(unpacked(Arrays.copyOf(MEMBERS, MEMBERS.length + 700), 512)).isEqualTo(PLAIN);
    byte[] more = Arrays.copyOf(MEMBERS, MEMBERS.length + 700);
    more[more.length - 1] = 1;
    assertThatExceptionOfType(ZipException.class).isThrownBy(() -> unpacked(more, 512));
  }

  @Test
  void everyPartOfAHeaderIsPassedOver() throws IOException {
    byte[] plain = CaptureReaderTest.gzip(SECOND);
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.write(plain, 0, 10);
    header.writeBytes(new byte[] {3, 0, 'x', 'y', 'z'});
    header.writeBytes(new byte[] {'n', 'a', 'm', 'e', 0, 'c', 0});
    byte[] bytes = header.toByteArray();
    bytes[3] = 2 + 4 + 8 + 16;
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    byte[] sum = {(byte) checksum.getValue(), (byte) (checksum.getValue() >> 8)};
    byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);
    assertThat(unpacked(join(join(bytes, sum), rest), 7)).isEqualTo(SECOND);
    sum[0]++;
    assertThatExceptionOfType(ZipException.class)
        .isThrownBy(() -> unpacked(join(join(bytes, sum), rest), 7));
  }

  @Test
  void aClosedStreamReadsNoMore() throws IOException {
    GzipStream in = new GzipStream(new ByteArrayInputStream(MEMBERS), 64);
    in.close();
    in.close();
    assertThatExceptionOfType(IOException.class).isThrownBy(in::read);
  }

  private static byte[] unpacked(byte[] packed, int bufferBytes) throws IOException {
    try (GzipStream in = new GzipStream(new ByteArrayInputStream(packed), bufferBytes)) {
      return in.readAllBytes();
    }
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static byte[] text(int length, long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(8));
    }
    return bytes;
  }
}
