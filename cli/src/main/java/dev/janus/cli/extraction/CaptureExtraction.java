package dev.janus.cli.extraction;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Progress;
import dev.janus.cli.terminal.Quantity;
import dev.janus.cli.terminal.Terminal;
import dev.janus.contract.artifact.FlowSpill;
import dev.janus.contract.artifact.SpilledFlows;
import dev.janus.contract.flow.ExtractionReport;
import dev.janus.contract.flow.FlowExtractor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;

/** Reads the captures of a plan, several parts at a time, into a work folder. */
public final class CaptureExtraction {
  private static final long PROGRESS_MILLIS = 50;
  private static final double MIB = 1 << 20;

  private final ExtractionPlan plan;
  private final List<ExtractionPlan.Part> parts;
  private final WorkFolder work;
  private final int jobs;
  private final AtomicLongArray bytes;
  private final AtomicLongArray packets;
  private final AtomicLongArray flows;
  private final AtomicBoolean stopped = new AtomicBoolean();

  /**
   * @param jobs parts that are read at a time, at least 1
   */
  public CaptureExtraction(ExtractionPlan plan, WorkFolder work, int jobs) {
    this.plan = plan;
    this.parts = plan.parts();
    this.work = work;
    this.jobs = jobs;
    this.bytes = new AtomicLongArray(parts.size());
    this.packets = new AtomicLongArray(parts.size());
    this.flows = new AtomicLongArray(parts.size());
  }

  /**
   * Reads what the work folder does not hold yet. The first part that fails stops the others; those
   * that were complete stay in the work folder.
   *
   * @return the outcome of each part
   * @throws CliException when it was interrupted
   */
  public List<PartOutcome> run(Terminal terminal, BooleanSupplier interrupted) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            plan.together(jobs),
            task -> Thread.ofPlatform().daemon().name("janus-extract").unstarted(task));
    CompletionService<Void> ended = new ExecutorCompletionService<>(threads);
    try (Progress progress = terminal.progress()) {
      long total = totalBytes();
      long start = System.nanoTime();
      BooleanSupplier stop = () -> stopped.get() || interrupted.getAsBoolean();
      int running = 0;
      for (ExtractionPlan.Part part : parts) {
        if (!work.isComplete(part.number())) {
          ended.submit(() -> extract(part, stop), null);
          running++;
        }
      }
      while (running > 0) {
        running -= awaited(ended);
        progress.update(() -> line(total, start));
      }
    } finally {
      stopped.set(true);
      threads.close();
    }
    if (interrupted.getAsBoolean()) {
      throw interruption();
    }
    return parts.stream().map(part -> work.outcome(part.number())).toList();
  }

  /** The flows of all parts, numbered one behind the other. */
  public SpilledFlows flows() {
    return SpilledFlows.open(parts.stream().map(part -> work.flows(part.number())).toList());
  }

  /**
   * Waits a moment for any part to end.
   *
   * @return the parts that ended, 0 or 1
   */
  private static int awaited(CompletionService<Void> ended) {
    try {
      Future<Void> part = ended.poll(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
      if (part == null) {
        return 0;
      }
      part.get();
      return 1;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.INTERRUPTED, "interrupted", e);
    }
  }

  private void extract(ExtractionPlan.Part part, BooleanSupplier stop) {
    if (stop.getAsBoolean()) {
      return;
    }
    int number = part.number();
    boolean complete = false;
    try (FlowSpill spill = FlowSpill.create(work.flows(number))) {
      ExtractionReport report =
          new FlowExtractor(plan.table(), plan.options(), plan.boundary(), 0, spill)
              .run(
                  part.captures(),
                  part.firstCapture(),
                  (read, total, packetCount, flowCount) -> {
                    bytes.set(number, read);
                    packets.set(number, packetCount);
                    flows.set(number, flowCount);
                  },
                  stop);
      if (!report.stopped()) {
        spill.complete();
        work.complete(number, PartOutcome.of(report));
        complete = true;
      }
    } finally {
      if (!complete) {
        work.discard(number);
      }
    }
  }

  private CliException interruption() {
    int completed = work.completed();
    return new CliException(
        ExitCode.INTERRUPTED,
        completed == 0
            ? "interrupted; nothing was written"
            : "interrupted; the flows of %,d of %s are kept; go on with the same command and --resume"
                .formatted(completed, Quantity.of(parts.size(), "capture")));
  }

  private long totalBytes() {
    long total = 0;
    for (ExtractionPlan.Part part : parts) {
      if (!work.isComplete(part.number())) {
        for (Path capture : part.captures()) {
          total += size(capture);
        }
      }
    }
    return total;
  }

  private static long size(Path capture) {
    try {
      return Files.size(capture);
    } catch (IOException e) {
      return 0; // whoever opens it will say why it cannot be read
    }
  }

  private String line(long total, long start) {
    Runtime jvm = Runtime.getRuntime();
    return String.format(
        Locale.ROOT,
        "%s, %.0f MiB memory",
        new ReadingProgress(sum(bytes), total, sum(packets), sum(flows)).line(start),
        (jvm.totalMemory() - jvm.freeMemory()) / MIB);
  }

  private static long sum(AtomicLongArray counts) {
    long sum = 0;
    for (int i = 0; i < counts.length(); i++) {
      sum += counts.get(i);
    }
    return sum;
  }
}
