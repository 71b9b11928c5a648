package dev.janus.autograd;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where each parameter lies in one flat array. Values, gradients and optimiser moments share the
 * layout, so optimiser, checkpoint and model file are one loop. Immutable.
 */
public final class ParameterLayout {
  private final List<Parameter> parameters;
  private final int length;

  private ParameterLayout(List<Parameter> parameters, int length) {
    this.parameters = List.copyOf(parameters);
    this.length = length;
  }

  /** The parameters in array order. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** Number of floats of all parameters together. */
  public int length() {
    return length;
  }

  /** Collects parameters in the order in which they are to lie. */
  public static final class Builder {
    private final List<Parameter> parameters = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private int next;

    /** Appends a parameter; throws {@link IllegalArgumentException} on a name already taken. */
    public Parameter add(String name, Integer... shape) {
      if (!names.add(name)) {
        throw new IllegalArgumentException("two parameters are called " + name);
      }
      Parameter parameter = new Parameter(name, List.of(shape), next);
      parameters.add(parameter);
      next = Math.addExact(next, parameter.length());
      return parameter;
    }

    public ParameterLayout build() {
      return new ParameterLayout(parameters, next);
    }
  }
}
