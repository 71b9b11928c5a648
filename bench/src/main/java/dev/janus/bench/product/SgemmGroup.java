package dev.janus.bench.product;

import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Group;
import dev.janus.bench.table.Measurement;
import java.util.List;

/** The forward product with weights packed beforehand. */
public final class SgemmGroup implements Group {
  private static final int[] TOKENS = {16, 65, 1040, 8320, 16640};
  private static final int[] QUICK_TOKENS = {16, 65, 1040, 16640};
  private static final double MEAN_BAR = 1.15;
  private static final double LEAST_BAR = 0.95;

  @Override
  public String name() {
    return "sgemm";
  }

  @Override
  public String summary() {
    return "forward product with packed weights against OpenBLAS, oneDNN, netlib and EJML";
  }

  @Override
  public void run(Measurement measurement) throws Exception {
    ProductComparison forward =
        new ProductComparison(
            measurement, Operation.FORWARD, measurement.quick() ? QUICK_TOKENS : TOKENS);
    List<ShapeResult> openBlas =
        forward.against(ProductPeer.OPENBLAS, "SGEMM, geometric mean", Bar.ratioAtLeast(MEAN_BAR));
    forward.addLeast(
        ProductPeer.OPENBLAS, "SGEMM, smallest ratio", openBlas, Bar.ratioAtLeast(LEAST_BAR));
    forward.against(ProductPeer.ONEDNN, "SGEMM, geometric mean (stretch 1.0)", Bar.NONE);
    forward.against(ProductPeer.NETLIB, "SGEMM, geometric mean", Bar.NONE);
    forward.against(ProductPeer.EJML, "SGEMM, geometric mean", Bar.NONE);
  }
}
