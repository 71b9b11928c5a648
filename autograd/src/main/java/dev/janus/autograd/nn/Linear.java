package dev.janus.autograd.nn;

import dev.janus.autograd.Parameter;
import dev.janus.autograd.ParameterLayout;

/**
 * A linear layer {@code y = x W^T + b}.
 *
 * @param weight {@code [out, in]}
 * @param bias {@code [out]}
 */
public record Linear(Parameter weight, Parameter bias) {
  /** Adds {@code name.weight [out, in]} and {@code name.bias [out]} to a layout. */
  public static Linear add(ParameterLayout.Builder layout, String name, int in, int out) {
    return new Linear(layout.add(name + ".weight", out, in), layout.add(name + ".bias", out));
  }

  /** Written out: the one that a record generates is made at run time, when a process starts. */
  @Override
  public int hashCode() {
    return weight.offset();
  }

  public int in() {
    return weight.shape().get(1);
  }

  public int out() {
    return weight.shape().get(0);
  }
}
