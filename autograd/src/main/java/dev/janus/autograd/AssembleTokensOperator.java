package dev.janus.autograd;

import dev.janus.engine.Ragged;
import dev.janus.engine.kernel.Kernels;

/** Packet rows plus positions, and one flow-token row, flow by flow (method, section 5). */
final class AssembleTokensOperator implements Operator {
  private Var packets;
  private Var flows;
  private Parameter position;
  private Parameter flowToken;
  private Ragged tokens;
  private FlowTokenPlace place;
  private Var out;

  private AssembleTokensOperator(
      Var packets,
      Var flows,
      Parameter position,
      Parameter flowToken,
      Ragged tokens,
      FlowTokenPlace place,
      Var out) {
    set(packets, flows, position, flowToken, tokens, place, out);
  }

  private void set(
      Var packets,
      Var flows,
      Parameter position,
      Parameter flowToken,
      Ragged tokens,
      FlowTokenPlace place,
      Var out) {
    this.packets = packets;
    this.flows = flows;
    this.position = position;
    this.flowToken = flowToken;
    this.tokens = tokens;
    this.place = place;
    this.out = out;
  }

  static Var apply(
      Tape tape,
      Var packets,
      Var flows,
      Parameter position,
      Parameter flowToken,
      Ragged tokens,
      FlowTokenPlace place) {
    int d = packets.columns();
    requireFits(tokens, position.length() / d);
    Var out = tape.result(tokens.totalRows(), d);
    float[] data = tape.data();
    float[] parameters = tape.parameters();
    Kernels kernels = tape.kernels();
    for (int f = 0; f < tokens.count(); f++) {
      int n = tokens.rows(f) - 1;
      int to = out.offset() + (tokens.start(f) + place.firstPacketRow()) * d;
      int flowTo = out.offset() + (tokens.start(f) + place.flowRow(n)) * d;
      System.arraycopy(data, packets.offset() + (tokens.start(f) - f) * d, data, to, n * d);
      kernels.add(n * d, parameters, position.offset(), data, to);
      System.arraycopy(data, flows.offset() + f * d, data, flowTo, d);
      kernels.add(d, parameters, flowToken.offset(), data, flowTo);
    }
    if (tape.isRecording()) {
      if (tape.spare() instanceof AssembleTokensOperator spare) {
        spare.set(packets, flows, position, flowToken, tokens, place, out);
        tape.record(spare);
      } else {
        tape.record(
            new AssembleTokensOperator(packets, flows, position, flowToken, tokens, place, out));
      }
    }
    return out;
  }

  /** The position table lies amid other parameters: one row too far would read those. */
  private static void requireFits(Ragged tokens, int positions) {
    for (int f = 0; f < tokens.count(); f++) {
      int packets = tokens.rows(f) - 1;
      if (packets < 1 || packets > positions) {
        throw new IllegalArgumentException(
            "flow %d has %d packets; 1 to %d are allowed".formatted(f, packets, positions));
      }
    }
  }

  @Override
  public void backward(Tape tape) {
    if (!out.hasGradient()) {
      return;
    }
    int d = out.columns();
    int dPackets = packets.newGradient();
    int dFlows = flows.newGradient();
    float[] data = tape.data();
    float[] gradients = tape.parameterGradients();
    Kernels kernels = tape.kernels();
    for (int f = 0; f < tokens.count(); f++) {
      int n = tokens.rows(f) - 1;
      int from = out.gradientOffset() + (tokens.start(f) + place.firstPacketRow()) * d;
      int flowFrom = out.gradientOffset() + (tokens.start(f) + place.flowRow(n)) * d;
      System.arraycopy(data, from, data, dPackets + (tokens.start(f) - f) * d, n * d);
      kernels.add(n * d, data, from, gradients, position.offset());
      System.arraycopy(data, flowFrom, data, dFlows + f * d, d);
      kernels.add(d, data, flowFrom, gradients, flowToken.offset());
    }
  }
}
