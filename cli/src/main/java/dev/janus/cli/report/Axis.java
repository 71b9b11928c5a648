package dev.janus.cli.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An axis: which values are at its ends, and where its marks are.
 *
 * @param low value at its beginning; above 0 if the scale is logarithmic
 * @param high value at its end, above {@code low}
 */
record Axis(Scale scale, double low, double high) {
  /** How values are laid out. */
  enum Scale {
    LINEAR,
    LOGARITHMIC
  }

  /** A mark with its words. */
  record Mark(double value, String words) {}

  private static final int MOST_DECADES = 7;
  private static final int[] STEPS_IN_DECADE = {1, 3};
  private static final double SMALLEST = 1e-6;

  /** Of larger values differences would be infinite; they lie at the ends. */
  private static final double LARGEST = Double.MAX_VALUE / 4;

  Axis {
    if (!(low < high) || (scale == Scale.LOGARITHMIC && !(low > 0))) {
      throw new IllegalArgumentException("an axis from " + low + " to " + high);
    }
  }

  static Axis linear(double low, double high) {
    return new Axis(Scale.LINEAR, low, high);
  }

  static Axis logarithmic(double low, double high) {
    return new Axis(Scale.LOGARITHMIC, low, high);
  }

  /**
   * An axis that holds all the values: logarithmic if none is negative and they span more than a
   * decade. Values that are not finite count for nothing; zeros lie at its beginning.
   */
  static Axis holding(double[]... values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double positive = Double.POSITIVE_INFINITY;
    for (double[] some : values) {
      for (double value : some) {
        if (Double.isFinite(value)) {
          low = Math.min(low, Math.clamp(value, -LARGEST, LARGEST));
          high = Math.max(high, Math.clamp(value, -LARGEST, LARGEST));
          positive = value > SMALLEST ? Math.min(positive, value) : positive;
        }
      }
    }
    if (low >= 0 && high > 10 * positive) {
      return logarithmic(positive, high);
    }
    if (low < high) {
      return linear(low, high);
    }
    double middle = Double.isFinite(low) ? low : 0;
    double room = Math.max(1, Math.abs(middle) * 1e-6);
    return linear(middle - room, middle + room);
  }

  /** Where a value lies: 0 at the beginning, 1 at the end; values beyond lie at the ends. */
  double place(double value) {
    double place =
        switch (scale) {
          case LINEAR -> (value - low) / (high - low);
          case LOGARITHMIC -> Math.log(Math.max(value, low) / low) / Math.log(high / low);
        };
    return Double.isNaN(place) ? 0 : Math.clamp(place, 0.0, 1.0);
  }

  /**
   * Marks at round values, at least one and about as many as asked for.
   *
   * @param most 3 or more
   */
  List<Mark> marks(int most) {
    return scale == Scale.LOGARITHMIC && high / low >= 10 ? decades(most) : round(most);
  }

  private List<Mark> decades(int most) {
    int first = (int) Math.ceil(Math.log10(low) - 1e-9);
    int last = (int) Math.floor(Math.log10(high) + 1e-9);
    List<Mark> marks = new ArrayList<>();
    if (last - first < 2) {
      for (int power = first - 1; power <= last; power++) {
        for (int factor : STEPS_IN_DECADE) {
          addIfHeld(marks, new BigDecimal(factor + "e" + power));
        }
      }
      return marks;
    }
    int step = 1 + (last - first) / Math.min(MOST_DECADES, most);
    for (int power = last - (last - first) / step * step; power <= last; power += step) {
      marks.add(new Mark(Math.pow(10, power), decade(power)));
    }
    return marks;
  }

  private void addIfHeld(List<Mark> marks, BigDecimal value) {
    if (value.doubleValue() >= low * (1 - 1e-9) && value.doubleValue() <= high * (1 + 1e-9)) {
      marks.add(new Mark(value.doubleValue(), words(value)));
    }
  }

  private static String decade(int power) {
    return words(new BigDecimal("1e" + power));
  }

  private List<Mark> round(int most) {
    double raw = (high - low) / most;
    double magnitude = Math.pow(10, Math.floor(Math.log10(raw)));
    double step =
        Arrays.stream(new double[] {1, 2, 5, 10})
                .filter(factor -> factor * magnitude >= raw * (1 - 1e-9))
                .findFirst()
                .orElse(10)
            * magnitude;
    List<Mark> marks = new ArrayList<>();
    for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
      BigDecimal value =
          BigDecimal.valueOf(k)
              .multiply(new BigDecimal(String.format(java.util.Locale.ROOT, "%.0e", step)));
      marks.add(new Mark(k * step, plain(value)));
    }
    return marks;
  }

  private static String words(BigDecimal value) {
    double size = value.doubleValue();
    return size >= 1e-3 && size < 1e5 ? plain(value) : value.unscaledValue() + "e" + -value.scale();
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
