package dev.janus.contract.flow;

/**
 * Raw flows by row, each with its stored packets and its twenty features, wherever they lie. What
 * is copied out has been checked: tokens and features are finite, tokens not negative. Reading is
 * thread-safe.
 */
public interface FlowSource {
  /** Number of flows. */
  int size();

  /** Number of stored packets of {@code row}, 1..64. */
  int length(int row);

  /**
   * Appends flows to {@code target}.
   *
   * @param rows rows to copy, in this order
   * @param from first element of {@code rows} that is used
   * @param to element behind the last one
   * @throws dev.janus.contract.ContractException when a row is damaged or cannot be read
   */
  void copy(int[] rows, int from, int to, FlowBatch target);

  /**
   * Says that rows {@code from} (inclusive) to {@code to} will be wanted soon, in any order. A
   * source on disk reads them ahead; others do nothing.
   */
  default void expect(int from, int to) {}
}
