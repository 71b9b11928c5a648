package dev.janus.cli.results;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzFile;
import dev.janus.eval.Ranking;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Reads {@code phase1_scores.npz}, or a control's {@code scores.npz}, a block at a time into
 * columns of numbers; equal texts are one object. Which distances there are is found from what is
 * there: every float64 array with one value per flow is a distance, unless its name ends in {@code
 * p_value}.
 */
final class ScoresReader {
  private static final String FLOW_ID = "flow_id";
  private static final String LABEL = "label";
  private static final String SPLIT = "split";
  private static final String SCORES = "scores";
  private static final String SCORE_NAMES = "score_names";
  private static final String MEASURES = "measures";
  private static final String MEASURE_NAMES = "measure_names";
  private static final String P_VALUE = "p_value";
  private static final String FLOAT64 = "float64";
  private static final String INT64 = "int64";
  private static final String TEXT = "text";
  private static final String FIX = "; evaluate again to replace it";
  private static final int ROWS_AT_ONCE = 1 << 14;

  private final Path file;
  private final NpzFile npz;
  private final int flows;

  private ScoresReader(Path file, NpzFile npz) {
    this.file = file;
    this.npz = npz;
    this.flows = array(LABEL, TEXT, 1).shape().getFirst();
  }

  /**
   * Reads a file.
   *
   * @param notComputed names of scores that the model does not compute; what stands for them is
   *     left out
   * @throws CliException when it is missing, lacks an array or holds NaN; names array and row
   */
  static RunScores read(Path file, Set<String> benignLabels, Set<String> notComputed) {
    InputFiles.requireFile(file);
    try (NpzFile npz = NpzFile.open(file)) {
      return new ScoresReader(file, npz).scores(benignLabels, notComputed);
    }
  }

  private RunScores scores(Set<String> benignLabels, Set<String> notComputed) {
    checkIds();
    SequencedMap<String, double[]> columns = new LinkedHashMap<>();
    Map<String, double[]> pValues = new LinkedHashMap<>();
    for (NpzFile.ArrayInfo array : npz.arrays()) {
      if (array.type().equals(FLOAT64) && array.shape().equals(List.of(flows))) {
        double[] values = table(array, List.of(array.name())).getFirst();
        (array.name().endsWith(P_VALUE) ? pValues : columns).put(array.name(), values);
      }
    }
    List<String> distances = List.copyOf(columns.keySet());
    if (distances.isEmpty()) {
      throw wrong("d2", "there is no distance");
    }
    addTable(SCORES, SCORE_NAMES, columns);
    addTable(MEASURES, MEASURE_NAMES, columns);
    columns.keySet().removeAll(notComputed);
    return new RunScores(
        texts(checked(array(LABEL, TEXT, 1))),
        texts(checked(array(SPLIT, TEXT, 1))),
        benignLabels,
        columns,
        distances,
        owned(pValues, columns, distances));
  }

  /** Adds the columns of a table, if there is one. */
  private void addTable(String name, String namesOf, SequencedMap<String, double[]> columns) {
    if (npz.arrays().stream().anyMatch(array -> array.name().equals(name))) {
      List<String> names = Arrays.asList(texts(array(namesOf, TEXT, 1)));
      List<double[]> table = table(array(name, FLOAT64, 2), names);
      for (int c = 0; c < names.size(); c++) {
        columns.putIfAbsent(names.get(c), table.get(c));
      }
    }
  }

  private NpzFile.ArrayInfo array(String name, String type, int dimensions) {
    NpzFile.ArrayInfo found =
        npz.arrays().stream()
            .filter(array -> array.name().equals(name))
            .findFirst()
            .orElseThrow(() -> wrong(name, "there is no such array"));
    if (!found.type().equals(type) || found.shape().size() != dimensions) {
      throw wrong(
          name,
          "%s in %d dimensions was expected, not %s %s"
              .formatted(type, dimensions, found.type(), found.shape()));
    }
    return found;
  }

  private NpzFile.ArrayInfo checked(NpzFile.ArrayInfo array) {
    if (array.shape().getFirst() != flows) {
      throw wrong(array.name(), array.shape().getFirst() + " rows for " + flows + " flows");
    }
    return array;
  }

  /** Row i is flow i, or nothing can be said of a flow by its row; a file may leave that open. */
  private void checkIds() {
    if (npz.arrays().stream().noneMatch(array -> array.name().equals(FLOW_ID))) {
      return;
    }
    NpzFile.ArrayInfo ids = checked(array(FLOW_ID, INT64, 1));
    try (NpzFile.Rows rows = npz.rows(ids.name())) {
      int row = 0;
      do {
        for (long id : rows.next(ROWS_AT_ONCE).longs()) {
          if (id != row) {
            throw wrong(FLOW_ID, "row %d is that of flow %d".formatted(row, id));
          }
          row++;
        }
      } while (rows.left() > 0);
    }
  }

  private String[] texts(NpzFile.ArrayInfo array) {
    String[] texts = new String[array.shape().getFirst()];
    Map<String, String> known = new HashMap<>();
    try (NpzFile.Rows rows = npz.rows(array.name())) {
      int row = 0;
      do {
        for (String text : rows.next(ROWS_AT_ONCE).strings()) {
          texts[row++] = known.computeIfAbsent(text, same -> same);
        }
      } while (rows.left() > 0);
    }
    return texts;
  }

  /** The columns of an array of one or two dimensions. */
  private List<double[]> table(NpzFile.ArrayInfo array, List<String> names) {
    checked(array);
    int width = array.shape().size() == 1 ? 1 : array.shape().getLast();
    if (width != names.size()) {
      throw wrong(array.name(), width + " columns for " + names.size() + " names");
    }
    List<double[]> columns = names.stream().map(name -> new double[flows]).toList();
    try (NpzFile.Rows rows = npz.rows(array.name())) {
      int row = 0;
      int atOnce = Math.max(1, ROWS_AT_ONCE / Math.max(1, width));
      do {
        NpyArray block = rows.next(atOnce);
        for (int i = 0; i < block.shape()[0]; i++, row++) {
          for (int c = 0; c < width; c++) {
            columns.get(c)[row] = number(block.doubles()[i * width + c], names.get(c), row);
          }
        }
      } while (rows.left() > 0);
    }
    return columns;
  }

  private double number(double value, String name, int flow) {
    if (Double.isNaN(value)) {
      throw wrong(name, "flow " + flow + " has NaN");
    }
    return value;
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
      distances.stream()
          .filter(distance -> !owned.containsKey(distance))
          .filter(distance -> falls(columns.getOrDefault(distance, plain), plain))
          .findFirst()
          .ifPresent(distance -> owned.put(distance, plain));
    }
    return owned;
  }

  /** Whether p-values are a function of the distance that never rises with it. */
  private static boolean falls(double[] distances, double[] pValues) {
    double[] ascending = distances.clone();
    double[] sortedPValues = pValues.clone();
    Arrays.sort(ascending);
    Arrays.sort(sortedPValues);
    for (int i = 0; i < distances.length; i++) {
      int below = Ranking.below(ascending, distances[i]);
      if (pValues[i] != sortedPValues[distances.length - 1 - below]) {
        return false;
      }
    }
    return true;
  }

  private CliException wrong(String array, String what) {
    return new CliException(ExitCode.DATA, "%s: array %s: %s%s".formatted(file, array, what, FIX));
  }
}
