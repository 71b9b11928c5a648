package dev.janus.autograd;

import dev.janus.autograd.nn.Linear;
import dev.janus.autograd.nn.WeightPanels;
import dev.janus.engine.Ragged;
import dev.janus.engine.Slab;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies operators and, while training, records them so that {@link #backward} can replay them in
 * reverse. All values live in one {@link Slab}; a tape belongs to one thread at a time and is
 * restarted for every chunk of flows, which rewinds the slab and allocates nothing there.
 *
 * <p>Parameters are read from a flat array and their gradients added to another one with the same
 * layout; neither belongs to the tape.
 */
public final class Tape {
  private static final float[] NO_GRADIENTS = new float[0];

  private final Kernels kernels;
  private final Slab slab;
  private final List<Operator> operators = new ArrayList<>();
  private float[] parameters = NO_GRADIENTS;
  private float[] parameterGradients = NO_GRADIENTS;
  private WeightPanels panels;
  private boolean recording;

  /** A tape whose values take at most {@code capacityFloats} floats at a time. */
  public Tape(Kernels kernels, WeightPanels panels, int capacityFloats) {
    this.kernels = kernels;
    this.panels = panels;
    this.slab = new Slab(capacityFloats);
  }

  /** Forgets everything and starts recording; gradients are added to {@code gradients}. */
  public void startTraining(float[] values, float[] gradients) {
    restart(values);
    parameterGradients = gradients;
    recording = true;
  }

  /** Forgets everything; operators compute values only. */
  public void startInference(float[] values) {
    restart(values);
    parameterGradients = NO_GRADIENTS;
    recording = false;
  }

  private void restart(float[] values) {
    operators.clear();
    slab.reset();
    parameters = values;
  }

  /** Makes room for at least {@code floats} floats; everything on the tape is lost. */
  public void ensureCapacity(int floats) {
    operators.clear();
    slab.reset();
    slab.ensureCapacity(floats);
  }

  /** The array that holds all values and gradients of this tape. */
  public float[] data() {
    return slab.data();
  }

  /** Position to hand to {@link #release}. */
  public int mark() {
    return slab.mark();
  }

  /** Gives back every value made since {@code mark}; inference only. */
  public void release(int mark) {
    if (recording) {
      throw new IllegalStateException("a recording tape keeps its values for the backward pass");
    }
    slab.release(mark);
  }

  /** An input whose gradient is not wanted; the caller fills {@link #data} at its offset. */
  public Var constant(int rows, int columns) {
    return new Var(this, take(rows * columns), rows, columns, false);
  }

  /** An input whose gradient is wanted; the caller fills {@link #data} at its offset. */
  public Var variable(int rows, int columns) {
    return new Var(this, take(rows * columns), rows, columns, true);
  }

  /** {@code y [m, out] = x [m, in] W^T + b}. */
  public Var linear(Var x, Linear layer) {
    return LinearOperator.apply(this, x, layer, Activation.NONE);
  }

  /** {@code gelu(x W^T + b)}, tanh form. */
  public Var linearGelu(Var x, Linear layer) {
    return LinearOperator.apply(this, x, layer, Activation.GELU);
  }

  /** {@code silu(x W^T + b)}. */
  public Var linearSilu(Var x, Linear layer) {
    return LinearOperator.apply(this, x, layer, Activation.SILU);
  }

  /**
   * Layer norm without affine, modulated per flow: {@code LN(x) (1 + scale) + shift}.
   *
   * @param x {@code [tokens, d]}
   * @param modulation {@code [flows, parts * d]}, or one row shared by all flows
   * @param shiftPart which d columns of the modulation are the shift; the next d are the scale
   * @param tokens rows of each flow
   */
  public Var adaNorm(Var x, Var modulation, int shiftPart, Ragged tokens) {
    return AdaNormOperator.apply(this, x, modulation, shiftPart, tokens);
  }

  /** Attention inside each flow: {@code qkv [tokens, 3d]} to {@code [tokens, d]}. */
  public Var attention(Var qkv, int heads, AttentionMask mask, Ragged tokens) {
    return AttentionOperator.apply(this, qkv, heads, mask, tokens);
  }

  /**
   * Gated residual {@code x + gate * y}. During inference the result overwrites x.
   *
   * @param gatePart which d columns of the modulation are the gate
   */
  public Var gate(Var x, Var y, Var modulation, int gatePart, Ragged tokens) {
    return GateOperator.apply(this, x, y, modulation, gatePart, tokens);
  }

  /**
   * Lays packets and flow tokens behind each other and adds what tells them apart: packet i of a
   * flow becomes {@code packets + position[i]}, and the flow's last row becomes {@code flows +
   * flowToken}.
   *
   * @param packets {@code [packets, d]}
   * @param flows {@code [flows, d]}
   * @param position {@code [T, d]}
   * @param flowToken {@code [d]}
   * @param tokens rows of each flow, its packets plus one
   */
  public Var assembleTokens(
      Var packets, Var flows, Parameter position, Parameter flowToken, Ragged tokens) {
    return AssembleTokensOperator.apply(this, packets, flows, position, flowToken, tokens);
  }

  /** The packet rows of assembled tokens, {@code [packets, d]}. */
  public Var packetRows(Var x, Ragged tokens) {
    return SelectRowsOperator.packets(this, x, tokens);
  }

  /** The flow-token rows of assembled tokens, {@code [flows, d]}. */
  public Var flowRows(Var x, Ragged tokens) {
    return SelectRowsOperator.flows(this, x, tokens);
  }

  /**
   * Sum of squared errors, in double, against {@code target} from {@code targetOffset} on; adds
   * {@code weight * sum} to the loss that {@link #backward} differentiates.
   */
  public double squaredError(Var prediction, float[] target, int targetOffset, double weight) {
    return SquaredErrorOperator.apply(this, prediction, target, targetOffset, weight);
  }

  /**
   * Sum of {@code softplus(-bit * logit)}, in double and natural-log units, for bits of +-1; adds
   * {@code weight * sum} to the loss.
   */
  public double bitCrossEntropy(Var logits, float[] bits, int bitsOffset, double weight) {
    return BitCrossEntropyOperator.apply(this, logits, bits, bitsOffset, weight);
  }

  /** Replays the recorded operators in reverse and adds to the parameter gradients. */
  public void backward() {
    if (!recording) {
      throw new IllegalStateException("nothing was recorded: the tape is in inference");
    }
    for (int i = operators.size() - 1; i >= 0; i--) {
      operators.get(i).backward(this);
    }
    operators.clear();
  }

  Var result(int rows, int columns) {
    return new Var(this, take(rows * columns), rows, columns, recording);
  }

  int take(int floats) {
    return slab.take(floats);
  }

  /** Gives back scratch at once, also while recording; nothing may have been taken after it. */
  void releaseScratch(int scratch) {
    slab.release(scratch);
  }

  void record(Operator operator) {
    operators.add(operator);
  }

  /** Whether operators are recorded for a backward pass. */
  public boolean isRecording() {
    return recording;
  }

  Kernels kernels() {
    return kernels;
  }

  WeightPanels panels() {
    return panels;
  }

  float[] parameters() {
    return parameters;
  }

  float[] parameterGradients() {
    return parameterGradients;
  }
}
