package dev.janus.eval;

/** A figure by which two scores are compared; each is a mean over the attack classes. */
public enum ComparedFigure {
  /** AUROC. */
  MACRO_AUROC("macro_auroc"),
  /** Partial AUROC up to {@link Evaluation#PARTIAL_FPR}. */
  MACRO_PARTIAL_AUROC("macro_partial_auroc"),
  /** True-positive rate at the false-positive rate {@link Evaluation#PARTIAL_FPR}. */
  MACRO_TPR("macro_tpr_at_fpr_" + Evaluation.PARTIAL_FPR);

  private final String key;

  ComparedFigure(String key) {
    this.key = key;
  }

  /** Name in JSON. */
  public String key() {
    return key;
  }
}
