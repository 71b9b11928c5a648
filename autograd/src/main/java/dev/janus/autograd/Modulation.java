package dev.janus.autograd;

/** Where a flow's modulation row lies: one row per flow, or one row shared by all flows. */
final class Modulation {
  private Modulation() {}

  static int at(Var modulation, int flow) {
    return modulation.offset() + row(modulation, flow) * modulation.columns();
  }

  static int gradientAt(Var modulation, int gradient, int flow) {
    return gradient + row(modulation, flow) * modulation.columns();
  }

  private static int row(Var modulation, int flow) {
    return modulation.rows() == 1 ? 0 : flow;
  }
}
