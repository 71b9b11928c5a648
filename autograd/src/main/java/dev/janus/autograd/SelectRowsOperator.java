package dev.janus.autograd;

import dev.janus.engine.Ragged;

/** Takes the packet rows or the flow-token rows of assembled tokens. */
final class SelectRowsOperator implements Operator {
  /** Which rows of each flow. */
  private enum Rows {
    PACKETS,
    FLOW_TOKEN
  }

  private Var x;
  private Ragged tokens;
  private Rows which;
  private FlowTokenPlace place;
  private Var out;

  private SelectRowsOperator(Var x, Ragged tokens, Rows which, FlowTokenPlace place, Var out) {
    set(x, tokens, which, place, out);
  }

  private void set(Var x, Ragged tokens, Rows which, FlowTokenPlace place, Var out) {
    this.x = x;
    this.tokens = tokens;
    this.which = which;
    this.place = place;
    this.out = out;
  }

  static Var packets(Tape tape, Var x, Ragged tokens, FlowTokenPlace place) {
    return apply(tape, x, tokens, Rows.PACKETS, place, tokens.totalRows() - tokens.count());
  }

  static Var flows(Tape tape, Var x, Ragged tokens, FlowTokenPlace place) {
    return apply(tape, x, tokens, Rows.FLOW_TOKEN, place, tokens.count());
  }

  private static Var apply(
      Tape tape, Var x, Ragged tokens, Rows which, FlowTokenPlace place, int rows) {
    Var out = tape.result(rows, x.columns());
    float[] data = tape.data();
    int d = x.columns();
    for (int f = 0; f < tokens.count(); f++) {
      System.arraycopy(
          data,
          x.offset() + sourceRow(which, place, tokens, f) * d,
          data,
          out.offset() + targetRow(which, tokens, f) * d,
          rowsOf(which, tokens, f) * d);
    }
    if (tape.isRecording()) {
      if (tape.spare() instanceof SelectRowsOperator spare) {
        spare.set(x, tokens, which, place, out);
        tape.record(spare);
      } else {
        tape.record(new SelectRowsOperator(x, tokens, which, place, out));
      }
    }
    return out;
  }

  @Override
  public void backward(Tape tape) {
    if (!out.hasGradient()) {
      return;
    }
    int d = x.columns();
    int dx = x.gradientToAddTo();
    float[] data = tape.data();
    for (int f = 0; f < tokens.count(); f++) {
      tape.kernels()
          .add(
              rowsOf(which, tokens, f) * d,
              data,
              out.gradientOffset() + targetRow(which, tokens, f) * d,
              data,
              dx + sourceRow(which, place, tokens, f) * d);
    }
  }

  private static int rowsOf(Rows which, Ragged tokens, int flow) {
    return which == Rows.PACKETS ? tokens.rows(flow) - 1 : 1;
  }

  private static int sourceRow(Rows which, FlowTokenPlace place, Ragged tokens, int flow) {
    int row = which == Rows.PACKETS ? place.firstPacketRow() : place.flowRow(tokens.rows(flow) - 1);
    return tokens.start(flow) + row;
  }

  private static int targetRow(Rows which, Ragged tokens, int flow) {
    return which == Rows.PACKETS ? tokens.start(flow) - flow : flow;
  }
}
