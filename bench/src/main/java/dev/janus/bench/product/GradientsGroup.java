package dev.janus.bench.product;

import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Group;
import dev.janus.bench.table.Measurement;

/** Input gradients with packed weights, and weight gradients that pack inside the call. */
public final class GradientsGroup implements Group {
  private static final int[] TOKENS = {65, 1040, 8320, 16640};
  private static final int[] QUICK_TOKENS = {65, 1040};
  private static final Bar BAR = Bar.ratioAtLeast(1.1);

  @Override
  public String name() {
    return "gradients";
  }

  @Override
  public String summary() {
    return "input and weight gradients against OpenBLAS and oneDNN";
  }

  @Override
  public void run(Measurement measurement) throws Exception {
    compare(measurement, Operation.INPUT_GRADIENT, "input gradient");
    compare(measurement, Operation.WEIGHT_GRADIENT, "weight gradient");
  }

  private static void compare(Measurement measurement, Operation operation, String name)
      throws Exception {
    ProductComparison comparison =
        new ProductComparison(measurement, operation, measurement.quick() ? QUICK_TOKENS : TOKENS);
    comparison.against(ProductPeer.OPENBLAS, name + ", geometric mean", BAR);
    comparison.against(ProductPeer.ONEDNN, name + ", geometric mean (stretch 0.95)", Bar.NONE);
  }
}
