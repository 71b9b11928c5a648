package dev.janus.cli.results;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Reads {@code phase1_scores.npz}. Which distances there are is found from what is there: every
 * float64 array with one value per flow is a distance, unless its name ends in {@code p_value}.
 */
final class ScoresReader {
  private static final String LABEL = "label";
  private static final String SPLIT = "split";
  private static final String SCORES = "scores";
  private static final String SCORE_NAMES = "score_names";
  private static final String P_VALUE = "p_value";
  private static final String FIX = "; evaluate again to replace it";

  private final Path file;
  private final Map<String, NpyArray> arrays;
  private final int flows;

  private ScoresReader(Path file, Map<String, NpyArray> arrays) {
    this.file = file;
    this.arrays = arrays;
    this.flows = texts(LABEL).length;
  }

  /**
   * Reads a file.
   *
   * @throws CliException when it is missing, lacks an array or holds NaN; names array and row
   */
  static RunScores read(Path file, Set<String> benignLabels) {
    InputFiles.requireFile(file);
    return new ScoresReader(file, NpzReader.readAll(file)).scores(benignLabels);
  }

  private RunScores scores(Set<String> benignLabels) {
    String[] uses = texts(SPLIT);
    if (uses.length != flows) {
      throw wrong(SPLIT, uses.length + " values for " + flows + " flows");
    }
    SequencedMap<String, double[]> columns = new LinkedHashMap<>();
    Map<String, double[]> pValueArrays = new LinkedHashMap<>();
    arrays.forEach((name, array) -> {
      if (array.values() instanceof double[] values && array.shape().length == 1) {
        checkLength(name, values.length);
        checkNumbers(name, values, 1, 0);
        (name.endsWith(P_VALUE) ? pValueArrays : columns).put(name, values);
      }
    });
    List<String> distances = List.copyOf(columns.keySet());
    if (distances.isEmpty()) {
      throw wrong("d2", "there is no distance");
    }
    addTable(columns);
    return new RunScores(
        Arrays.asList(texts(LABEL)),
        Arrays.asList(uses),
        benignLabels,
        columns,
        distances,
        owned(pValueArrays, columns, distances));
  }

  private void addTable(SequencedMap<String, double[]> columns) {
    NpyArray table = arrays.get(SCORES);
    if (table == null) {
      return;
    }
    String[] names = texts(SCORE_NAMES);
    double[] values = doubles(SCORES, table);
    if ((long) names.length * flows != values.length) {
      throw wrong(
          SCORES,
          "%d values for %d flows and %d names".formatted(values.length, flows, names.length));
    }
    for (int c = 0; c < names.length; c++) {
      checkNumbers(names[c], values, names.length, c);
      int column = c;
      columns.putIfAbsent(
          names[c],
          IntStream.range(0, flows).mapToDouble(i -> values[i * names.length + column]).toArray());
    }
  }

  /** {@code hidden_p_value} is that of hidden; {@code p_value} says by its order whose it is. */
  private static Map<String, double[]> owned(
      Map<String, double[]> pValues, Map<String, double[]> columns, List<String> distances) {
    Map<String, double[]> owned = new LinkedHashMap<>();
    for (String distance : distances) {
      double[] own = pValues.get(distance + "_" + P_VALUE);
      if (own != null) {
        owned.put(distance, own);
      }
    }
    double[] plain = pValues.get(P_VALUE);
    if (plain != null) {
      Optional<String> owner =
          distances.stream()
              .filter(distance -> !owned.containsKey(distance))
              .filter(distance -> falls(columns.getOrDefault(distance, plain), plain))
              .findFirst();
      owner.ifPresent(distance -> owned.put(distance, plain));
    }
    return owned;
  }

  /** Whether p-values never rise with the distance. */
  private static boolean falls(double[] distances, double[] pValues) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, distances.length).boxed().toList());
    order.sort((a, b) -> Double.compare(distances[a], distances[b]));
    for (int k = 1; k < order.size(); k++) {
      if (pValues[order.get(k)] > pValues[order.get(k - 1)]) {
        return false;
      }
    }
    return true;
  }

  private String[] texts(String name) {
    NpyArray array = arrays.get(name);
    if (array == null) {
      throw wrong(name, "there is no such array");
    }
    if (array.values() instanceof String[] texts) {
      return texts;
    }
    throw wrong(name, "text was expected");
  }

  private double[] doubles(String name, NpyArray array) {
    if (array.values() instanceof double[] values) {
      return values;
    }
    throw wrong(name, "float64 was expected");
  }

  private void checkLength(String name, int length) {
    if (length != flows) {
      throw wrong(name, length + " values for " + flows + " flows");
    }
  }

  private void checkNumbers(String name, double[] values, int columns, int column) {
    for (int row = 0; row < flows; row++) {
      if (Double.isNaN(values[row * columns + column])) {
        throw wrong(name, "flow " + row + " has NaN");
      }
    }
  }

  private CliException wrong(String array, String what) {
    return new CliException(ExitCode.DATA, "%s: array %s: %s%s".formatted(file, array, what, FIX));
  }
}
