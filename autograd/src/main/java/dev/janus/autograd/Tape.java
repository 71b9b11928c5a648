package dev.janus.autograd;

import dev.janus.autograd.nn.Linear;
import dev.janus.autograd.nn.WeightPanels;
import dev.janus.engine.Ragged;
import dev.janus.engine.Slab;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies operators and, while training, records them so that {@link #backward} can replay them in
 * reverse. All values live in one {@link Slab}; a tape belongs to one thread at a time and is
 * restarted for every chunk of flows, which rewinds the slab. Values and records of operators are
 * used again: a tape that has seen a network once allocates nothing any more.
 *
 * <p>Parameters are read from a flat array and their gradients added to another one with the same
 * layout; neither belongs to the tape.
 */
public final class Tape {
  private static final float[] NO_GRADIENTS = new float[0];

  private final Kernels kernels;
  private final Slab slab;
  private final List<Operator> operators = new ArrayList<>();
  private int recorded;
  private final List<Var> vars = new ArrayList<>();
  private int made;

  /** Of each open scope, where its values begin; in the replay, what to go back to after it. */
  private final IntStack scopes = new IntStack();

  /** While replaying inside a scope: values below are older than the scope. */
  private int scopeFloor;

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
    clear();
    parameters = values;
  }

  /** Makes room for at least {@code floats} floats; everything on the tape is lost. */
  public void ensureCapacity(int floats) {
    clear();
    slab.ensureCapacity(floats);
  }

  private void clear() {
    recorded = 0;
    made = 0;
    scopes.clear();
    scopeFloor = 0;
    slab.reset();
  }

  /** The array that holds all values and gradients of this tape. */
  public float[] data() {
    return slab.data();
  }

  /**
   * Starts a scope: what is made until {@link #closeScope} is needed only until then. In inference
   * its values are given back there; in training its gradients are, once the backward pass has left
   * the scope, so that the next scope writes into memory that is still in cache. Inside, only
   * values made before the scope and changed in place, such as the residual stream of {@link
   * #addGated}, may carry results out. Scopes nest.
   */
  public void openScope() {
    scopes.push(slab.mark());
    if (recording) {
      ScopeOperator.record(this, ScopeOperator.End.OPEN, slab.mark());
    }
  }

  /** Ends the scope that was opened last. */
  public void closeScope() {
    if (scopes.isEmpty()) {
      throw new IllegalStateException("no scope is open");
    }
    int start = scopes.pop();
    if (recording) {
      ScopeOperator.record(this, ScopeOperator.End.CLOSE, start);
    } else {
      slab.release(start);
    }
  }

  /** An input whose gradient is not wanted; the caller fills {@link #data} at its offset. */
  public Var constant(int rows, int columns) {
    return newVar(take(rows * columns), rows, columns, false);
  }

  /** An input whose gradient is wanted; the caller fills {@link #data} at its offset. */
  public Var variable(int rows, int columns) {
    return newVar(take(rows * columns), rows, columns, true);
  }

  /** {@code y [m, out] = x [m, in] W^T + b}. */
  public Var linear(Var x, Linear layer) {
    return LinearOperator.apply(this, x, layer, Activation.NONE);
  }

  /**
   * {@code y [m, out] = gelu(x [m, in] W1^T + b1) W2^T + b2}, GELU in its tanh form.
   *
   * @param in the layer with W1 and b1
   * @param out the layer with W2 and b2
   */
  public Var mlp(Var x, Linear in, Linear out) {
    return MlpOperator.apply(this, x, in, out);
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
   * Gated residual in place: {@code x += gate * y}. Later operators read the new x; those that read
   * the old one must not need it for their backward pass.
   *
   * @param gatePart which d columns of the modulation are the gate
   * @throws IllegalStateException when an operator on this tape still needs the old x
   * @throws IllegalArgumentException when x is a {@link #constant} while recording: nothing would
   *     carry the gradient to y and the gate
   */
  public void addGated(Var x, Var y, Var modulation, int gatePart, Ragged tokens) {
    AddGatedOperator.apply(this, x, y, modulation, gatePart, tokens);
  }

  /**
   * Lays packets and flow tokens behind each other and adds what tells them apart: packet i of a
   * flow becomes {@code packets + position[i]}, and the row of its flow token {@code flows +
   * flowToken}.
   *
   * @param packets {@code [packets, d]}
   * @param flows {@code [flows, d]}
   * @param position {@code [T, d]}
   * @param flowToken {@code [d]}
   * @param tokens rows of each flow, its packets plus one
   * @param place where the flow token stands
   */
  public Var assembleTokens(
      Var packets,
      Var flows,
      Parameter position,
      Parameter flowToken,
      Ragged tokens,
      FlowTokenPlace place) {
    return AssembleTokensOperator.apply(this, packets, flows, position, flowToken, tokens, place);
  }

  /** The packet rows of assembled tokens, {@code [packets, d]}. */
  public Var packetRows(Var x, Ragged tokens, FlowTokenPlace place) {
    return SelectRowsOperator.packets(this, x, tokens, place);
  }

  /** The flow-token rows of assembled tokens, {@code [flows, d]}. */
  public Var flowRows(Var x, Ragged tokens, FlowTokenPlace place) {
    return SelectRowsOperator.flows(this, x, tokens, place);
  }

  /**
   * Sum of squared errors, in double, against {@code target} from {@code targetOffset} on; adds
   * {@code weight * sum} to the loss that {@link #backward} differentiates.
   */
  public double squaredError(Var prediction, float[] target, int targetOffset, double weight) {
    return SquaredErrorOperator.apply(this, prediction, target, targetOffset, weight);
  }

  /**
   * Sum of {@code softplus(-bit * logit)}, in double and natural-log units, for bits of +-1; a bit
   * of 0 leaves its logit out. Adds {@code weight * sum} to the loss.
   */
  public double bitCrossEntropy(Var logits, float[] bits, int bitsOffset, double weight) {
    return BitCrossEntropyOperator.apply(this, logits, bits, bitsOffset, weight);
  }

  /** Replays the recorded operators in reverse and adds to the parameter gradients. */
  public void backward() {
    if (!recording) {
      throw new IllegalStateException("nothing was recorded: the tape is in inference");
    }
    if (!scopes.isEmpty()) {
      throw new IllegalStateException("a scope is still open");
    }
    for (int i = recorded - 1; i >= 0; i--) {
      operators.get(i).backward(this);
    }
    recorded = 0;
  }

  Var result(int rows, int columns) {
    return newVar(take(rows * columns), rows, columns, recording);
  }

  int take(int floats) {
    return slab.take(floats);
  }

  /** Gives back scratch at once, also while recording; nothing may have been taken after it. */
  void releaseScratch(int scratch) {
    slab.release(scratch);
  }

  private Var newVar(int offset, int rows, int columns, boolean differentiable) {
    if (made == vars.size()) {
      vars.add(new Var(this));
    }
    Var var = vars.get(made++);
    var.reset(offset, rows, columns, differentiable);
    return var;
  }

  /** Room for the gradient of {@code var}, until the innermost scope of the replay ends. */
  int takeGradient(Var var) {
    if (var.offset() < scopeFloor) {
      throw new IllegalStateException(
          "the first gradient of a value older than the scope would be lost with the scope");
    }
    return take(var.length());
  }

  /** The record that the last pass had at this place, to be filled anew; null where it had none. */
  @Nullable Operator spare() {
    return recorded < operators.size() ? operators.get(recorded) : null;
  }

  /** Appends a record; it may be the {@link #spare} one. */
  void record(Operator operator) {
    if (recorded < operators.size()) {
      operators.set(recorded, operator);
    } else {
      operators.add(operator);
    }
    recorded++;
  }

  /** The replay enters a scope whose values begin at {@code firstValue}. */
  void enterScope(int firstValue) {
    scopes.push(slab.mark());
    scopes.push(scopeFloor);
    scopeFloor = firstValue;
  }

  /** The replay leaves the scope and gives back the gradients made in it. */
  void leaveScope() {
    scopeFloor = scopes.pop();
    slab.release(scopes.pop());
  }

  /** Largest fill level so far, in floats. */
  int peak() {
    return slab.peak();
  }

  int mark() {
    return slab.mark();
  }

  void release(int mark) {
    slab.release(mark);
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
