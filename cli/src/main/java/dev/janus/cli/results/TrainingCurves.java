package dev.janus.cli.results;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * How the losses of a training went: means over neighbouring steps, so many that they can be drawn.
 *
 * @param losses by name, each with one value per point
 * @param steps middle of the steps that each point stands for
 * @param stepsPerPoint steps that a point is the mean of, at most
 */
public record TrainingCurves(
    SequencedMap<String, List<Double>> losses, List<Double> steps, int stepsPerPoint) {
  /** Log that a training leaves beside its model. */
  public static final String FILE = "train_log.jsonl";

  private static final int MOST_POINTS = 512;
  private static final String STEP = "step";
  private static final String LOSS = "loss";

  public TrainingCurves {
    losses = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(losses));
    steps = List.copyOf(steps);
  }

  /**
   * Reads a log in memory that does not depend on its length.
   *
   * @throws CliException when a line is damaged; names it
   */
  public static TrainingCurves read(Path file) {
    Means means = new Means();
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        means.add(numbers(line));
      }
    } catch (CharacterCodingException e) {
      throw damaged(file, number + 1, "not text in UTF-8", e);
    } catch (IOException e) {
      if (number > 0) {
        throw damaged(file, number, Json.reason(e), e);
      }
      throw new CliException(
          ExitCode.NO_INPUT, file + ": cannot be read (" + InputFiles.reason(e) + ")", e);
    }
    return means.curves();
  }

  private static CliException damaged(Path file, int line, String reason, IOException e) {
    return new CliException(
        ExitCode.DATA, "%s:%d: no line of a training log: %s".formatted(file, line, reason), e);
  }

  private static Map<String, Double> numbers(String line) throws IOException {
    if (!(Json.parse(line) instanceof Map<?, ?> map)
        || !(map.get(STEP) instanceof Number step)
        || !(step.doubleValue() >= 0 && step.doubleValue() <= Long.MAX_VALUE)) {
      throw new IOException("it has no step");
    }
    Map<String, Double> numbers = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      String name = String.valueOf(key);
      if (value instanceof Number number
          && Double.isFinite(number.doubleValue())
          && (name.equals(STEP) || name.endsWith(LOSS))) {
        numbers.put(name, number.doubleValue());
      }
    });
    return numbers;
  }

  /** Points that halve their number by joining neighbours whenever they become too many. */
  private static final class Means {
    private List<Map<String, Double>> points = new ArrayList<>();
    private Map<String, Double> sums = new LinkedHashMap<>();
    private int summed;
    private int perPoint = 1;

    void add(Map<String, Double> numbers) {
      numbers.forEach((name, value) -> sums.merge(name, value, Double::sum));
      if (++summed == perPoint) {
        close();
        if (points.size() == MOST_POINTS) {
          join();
        }
      }
    }

    private void close() {
      int count = summed;
      sums.replaceAll((name, sum) -> sum / count);
      points.add(sums);
      sums = new LinkedHashMap<>();
      summed = 0;
    }

    private void join() {
      List<Map<String, Double>> joined = new ArrayList<>();
      for (int i = 0; i + 1 < points.size(); i += 2) {
        Map<String, Double> mean = new LinkedHashMap<>(points.get(i));
        points.get(i + 1).forEach((name, value) -> mean.merge(name, value, (a, b) -> (a + b) / 2));
        joined.add(mean);
      }
      points = joined;
      perPoint *= 2;
    }

    TrainingCurves curves() {
      if (summed > 0) {
        close();
      }
      SequencedMap<String, List<Double>> losses = new LinkedHashMap<>();
      if (!points.isEmpty()) {
        for (String name : points.getFirst().keySet()) {
          if (!name.equals(STEP)) {
            losses.put(name, points.stream().map(p -> p.getOrDefault(name, Double.NaN)).toList());
          }
        }
      }
      return new TrainingCurves(
          losses,
          points.stream().map(point -> point.getOrDefault(STEP, Double.NaN)).toList(),
          perPoint);
    }
  }
}
