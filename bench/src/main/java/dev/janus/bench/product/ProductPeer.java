package dev.janus.bench.product;

import java.util.function.Function;

/** The libraries with a product of matrices. */
enum ProductPeer {
  OPENBLAS(OpenBlasProduct.NAME, true, OpenBlasProduct::new),
  ONEDNN(OneDnnProduct.NAME, true, OneDnnProduct::new),
  NETLIB(NetlibProduct.NAME, false, NetlibProduct::new),
  EJML(EjmlProduct.NAME, false, EjmlProduct::new);

  private final String label;
  private final boolean fast;
  private final Function<Problem, Product> maker;

  ProductPeer(String label, boolean fast, Function<Problem, Product> maker) {
    this.label = label;
    this.fast = fast;
    this.maker = maker;
  }

  String label() {
    return label;
  }

  /** Whether it can be measured on all shapes within the time of the quick mode. */
  boolean isFast() {
    return fast;
  }

  Product product(Problem problem) {
    return maker.apply(problem);
  }
}
