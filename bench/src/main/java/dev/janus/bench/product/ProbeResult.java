package dev.janus.bench.product;

/**
 * What a {@link ScalarProbe} said.
 *
 * @param kernels name of the kernels its JVM chose
 * @param gflops geometric mean over the product's shapes
 * @param stepMillis a training step
 */
record ProbeResult(String kernels, double gflops, double stepMillis) {
  private static final String MARK = "probe ";

  static String line(String kernels, double gflops, double stepMillis) {
    return MARK + kernels + " " + gflops + " " + stepMillis;
  }

  static boolean isLine(String line) {
    return line.startsWith(MARK);
  }

  static ProbeResult parse(String line) {
    String[] words = line.split(" ", -1);
    return new ProbeResult(words[1], Double.parseDouble(words[2]), Double.parseDouble(words[3]));
  }
}
