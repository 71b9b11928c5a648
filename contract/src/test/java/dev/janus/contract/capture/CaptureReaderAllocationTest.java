package dev.janus.contract.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.janus.contract.packet.FragmentPolicy;
import dev.janus.contract.packet.PacketHeader;
import dev.janus.contract.packet.TunnelPolicy;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading a packet allocates nothing, whatever is in it and whatever is asked for. */
class CaptureReaderAllocationTest {
  private static final int REPEATS = 4_000;
  private static final long UNRELATED_BYTES = 8_192;

  enum Options {
    USUAL(CaptureOptions.defaults()),
    EVERYTHING(
        new CaptureOptions(
            TunnelPolicy.INNERMOST, FragmentPolicy.ASSIGN, DuplicatePolicy.COUNT, 50));

    private final CaptureOptions captureOptions;

    Options(CaptureOptions captureOptions) {
      this.captureOptions = captureOptions;
    }
  }

  @ParameterizedTest
  @EnumSource(Options.class)
  void nothingIsAllocatedForAPacket(Options options) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] file = CaptureReaderFuzzTest.everyLayer(REPEATS);
    PacketHeader packet = new PacketHeader();
    try (CaptureReader reader =
        CaptureReader.open(new ByteArrayInputStream(file), "layers", options.captureOptions)) {
      long kept = 0;
      // By now the table of fragments is full.
      while (kept < 16L * REPEATS && reader.next(packet)) {
        kept++;
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      while (reader.next(packet)) {
        kept++;
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(kept).isGreaterThan(18L * REPEATS);
      assertThat(allocated).isLessThan(UNRELATED_BYTES);
    }
  }
}
