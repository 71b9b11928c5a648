package dev.janus.contract.flow;

import dev.janus.contract.ContractException;
import dev.janus.contract.MissingInputException;
import dev.janus.contract.capture.CaptureOptions;
import dev.janus.contract.capture.CaptureReader;
import dev.janus.contract.packet.PacketHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Runs captures, one after the other, through one flow table into a sink. Not thread-safe. */
public final class FlowExtractor {
  private static final int PACKETS_BETWEEN_UPDATES = 1 << 15;

  private final FlowTable table;
  private final CaptureOptions options;
  private final CaptureBoundary boundary;
  private final PacketHeader[] packets = new PacketHeader[FlowTable.MOST_TOGETHER];
  private Consumer<PacketHeader> observer = packet -> {};

  /**
   * Reads captures with the usual options.
   *
   * @param firstFlowId number of the first flow
   * @param sink takes the flows in the order in which they end, on the thread that calls {@link
   *     #run}
   */
  public FlowExtractor(
      FlowTableConfig config, CaptureBoundary boundary, long firstFlowId, FlowSink sink) {
    this(config, CaptureOptions.defaults(), boundary, firstFlowId, sink);
  }

  /**
   * @param options how packets are read
   * @param firstFlowId number of the first flow
   * @param sink takes the flows in the order in which they end, on the thread that calls {@link
   *     #run}
   */
  public FlowExtractor(
      FlowTableConfig config,
      CaptureOptions options,
      CaptureBoundary boundary,
      long firstFlowId,
      FlowSink sink) {
    this.table = new FlowTable(config, firstFlowId, sink);
    this.options = options;
    this.boundary = boundary;
    Arrays.setAll(packets, i -> new PacketHeader());
  }

  /**
   * Shows every kept packet to {@code observer} before its flow sees it.
   *
   * @param observer must not keep the packet, which is filled again
   * @return this extractor
   */
  public FlowExtractor observedBy(Consumer<PacketHeader> observer) {
    this.observer = observer;
    return this;
  }

  /** As below, beginning with capture 0. */
  public ExtractionReport run(
      List<Path> captures, ExtractionProgress progress, BooleanSupplier stop) {
    return run(captures, 0, progress, stop);
  }

  /**
   * Reads the captures in the given order and ends all flows after the last. Call once.
   *
   * @param firstCapture capture {@code i} of the list is {@link Flow#capture} {@code firstCapture +
   *     i}
   * @param progress called on this thread
   * @param stop asked now and then; once true, reading ends, open flows are handed out as at the
   *     end of a capture, and the report says so
   * @throws ContractException when a capture cannot be opened or the disk fails; flows already
   *     handed out stay valid
   */
  public ExtractionReport run(
      List<Path> captures, int firstCapture, ExtractionProgress progress, BooleanSupplier stop) {
    long bytesTotal = sizeOf(captures);
    long bytesBefore = 0;
    boolean stopped = false;
    List<ExtractionReport.CaptureReport> reports = new ArrayList<>();
    for (int i = 0; i < captures.size() && !stopped; i++) {
      table.beginCapture(firstCapture + i);
      long flowsBefore = table.flows();
      try (CaptureReader reader = CaptureReader.open(captures.get(i), options)) {
        boolean more = true;
        while (more && !stopped) {
          more = readSome(reader);
          progress.update(
              bytesBefore + reader.bytesRead(), bytesTotal, table.packets(), table.flows());
          stopped = stop.getAsBoolean();
        }
        bytesBefore += reader.bytesRead();
        reports.add(
            new ExtractionReport.CaptureReport(
                captures.get(i),
                reader.format(),
                reader.statistics(),
                table.flows() - flowsBefore));
      }
      if (boundary == CaptureBoundary.ENDS_FLOWS) {
        table.finish();
      }
    }
    table.finish();
    return new ExtractionReport(
        reports,
        table.packets(),
        table.flows(),
        table.mostOpenFlows(),
        table.evicted(),
        table.clampedTimestamps(),
        stopped);
  }

  private boolean readSome(CaptureReader reader) {
    for (int i = 0; i < PACKETS_BETWEEN_UPDATES; i += packets.length) {
      int count = 0;
      CaptureReader.Step step = CaptureReader.Step.PACKET;
      while (count < packets.length && step == CaptureReader.Step.PACKET) {
        step = reader.next(packets[count], PACKETS_BETWEEN_UPDATES);
        if (step == CaptureReader.Step.PACKET) {
          observer.accept(packets[count++]);
        }
      }
      table.add(packets, count);
      if (step != CaptureReader.Step.PACKET) {
        return step == CaptureReader.Step.NONE_YET;
      }
    }
    return true;
  }

  private static long sizeOf(List<Path> captures) {
    long total = 0;
    for (Path file : captures) {
      try {
        total += Files.size(file);
      } catch (IOException e) {
        throw new MissingInputException(file + ": no such file, or it cannot be read", e);
      }
    }
    return total;
  }
}
