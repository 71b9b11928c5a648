package dev.janus.autograd;

import dev.janus.engine.Ragged;

/** Takes the packet rows or the flow-token rows of assembled tokens. */
final class SelectRowsOperator implements Operator {
  /** Which rows of each flow. */
  private enum Rows {
    PACKETS,
    FLOW_TOKEN
  }

  private final Var x;
  private final Ragged tokens;
  private final Rows which;
  private final Var out;

  private SelectRowsOperator(Var x, Ragged tokens, Rows which, Var out) {
    this.x = x;
    this.tokens = tokens;
    this.which = which;
    this.out = out;
  }

  static Var packets(Tape tape, Var x, Ragged tokens) {
    return apply(tape, x, tokens, Rows.PACKETS, tokens.totalRows() - tokens.count());
  }

  static Var flows(Tape tape, Var x, Ragged tokens) {
    return apply(tape, x, tokens, Rows.FLOW_TOKEN, tokens.count());
  }

  private static Var apply(Tape tape, Var x, Ragged tokens, Rows which, int rows) {
    Var out = tape.result(rows, x.columns());
    SelectRowsOperator operator = new SelectRowsOperator(x, tokens, which, out);
    float[] data = tape.data();
    int d = x.columns();
    for (int f = 0; f < tokens.count(); f++) {
      System.arraycopy(
          data,
          x.offset() + operator.sourceRow(f) * d,
          data,
          out.offset() + operator.targetRow(f) * d,
          operator.rowsOf(f) * d);
    }
    if (tape.isRecording()) {
      tape.record(operator);
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
              rowsOf(f) * d,
              data,
              out.gradientOffset() + targetRow(f) * d,
              data,
              dx + sourceRow(f) * d);
    }
  }

  private int rowsOf(int flow) {
    return which == Rows.PACKETS ? tokens.rows(flow) - 1 : 1;
  }

  private int sourceRow(int flow) {
    return which == Rows.PACKETS ? tokens.start(flow) : tokens.start(flow + 1) - 1;
  }

  private int targetRow(int flow) {
    return which == Rows.PACKETS ? tokens.start(flow) - flow : flow;
  }
}
