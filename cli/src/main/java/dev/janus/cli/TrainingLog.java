package dev.janus.cli;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.Progress;
import dev.janus.cli.terminal.Terminal;
import dev.janus.cli.terminal.TextTable;
import dev.janus.train.TrainingListener;
import dev.janus.train.TrainingProgress;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows how training goes and keeps every step in a file of JSON lines. A resumed run cuts the file
 * back to the step it goes on from. Not thread-safe.
 */
final class TrainingLog implements TrainingListener, AutoCloseable {
  private static final Pattern STEP = Pattern.compile("^\\{\"step\":(\\d+),.*}$");

  private final Path file;
  private final Progress progress;
  private Optional<BufferedWriter> writer = Optional.empty();

  TrainingLog(Path file, Terminal terminal) {
    this.file = file;
    this.progress = terminal.progress();
  }

  @Override
  public void onStep(TrainingProgress step) {
    progress.update(() -> line(step));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("step", step.step());
    json.put("epoch", step.epoch());
    json.put("loss", step.loss());
    json.put("packet_loss", step.packetLoss());
    json.put("flow_loss", step.flowLoss());
    json.put("discrete_loss", step.discreteLoss());
    if (!Double.isNaN(step.maskedLoss())) {
      json.put("masked_loss", step.maskedLoss());
    }
    json.put("gradient_norm", step.gradientNorm());
    json.put("learning_rate", step.learningRate());
    json.put("flows_per_second", step.flowsPerSecond());
    try {
      BufferedWriter out = writer(step.step());
      out.write(Json.line(json));
      out.newLine();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void onCheckpoint(Path checkpoint, int step) {
    try {
      if (writer.isPresent()) {
        writer.get().flush();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void close() {
    progress.close();
    try {
      if (writer.isPresent()) {
        writer.get().close();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private BufferedWriter writer(int firstStep) throws IOException {
    if (writer.isEmpty()) {
      List<String> kept = new ArrayList<>();
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          Matcher matcher = STEP.matcher(line);
          if (matcher.matches() && Integer.parseInt(matcher.group(1)) < firstStep) {
            kept.add(line);
          }
        }
      }
      Files.write(file, kept);
      writer = Optional.of(Files.newBufferedWriter(file, StandardOpenOption.APPEND));
    }
    return writer.get();
  }

  private CliException failure(IOException e) {
    return new CliException(
        ExitCode.CANNOT_CREATE, file + ": cannot be written (" + InputFiles.reason(e) + ")", e);
  }

  private static String line(TrainingProgress step) {
    long seconds = Math.round(step.secondsLeft());
    return String.format(
        Locale.ROOT,
        "step %d/%d  epoch %.1f  loss %.3f (packets %s, flow %s, bits %s%s)  |g| %.2f  "
            + "%,.0f flows/s  %d:%02d left",
        step.step(),
        step.steps(),
        step.epoch(),
        step.loss(),
        TextTable.number(step.packetLoss(), 3),
        TextTable.number(step.flowLoss(), 3),
        TextTable.number(step.discreteLoss(), 3),
        Double.isNaN(step.maskedLoss()) ? "" : ", masked " + TextTable.number(step.maskedLoss(), 3),
        step.gradientNorm(),
        step.flowsPerSecond(),
        seconds / 60,
        seconds % 60);
  }
}
