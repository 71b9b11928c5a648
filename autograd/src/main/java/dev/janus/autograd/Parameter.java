package dev.janus.autograd;

import java.util.List;

/**
 * A named range of the flat parameter array.
 *
 * @param name unique name, as in the model file
 * @param shape sizes, row-major; {@code [out, in]} for a linear weight
 * @param offset first element in the parameter array
 */
public record Parameter(String name, List<Integer> shape, int offset) {
  public Parameter {
    shape = List.copyOf(shape);
  }

  /** Number of elements. */
  public int length() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
