package dev.janus.autograd;

/**
 * One end of a scope, see {@link Tape#openScope}; the backward pass meets the closing one first.
 */
final class ScopeOperator implements Operator {
  enum End {
    OPEN,
    CLOSE
  }

  private End end;
  private int firstValue;

  private ScopeOperator(End end, int firstValue) {
    set(end, firstValue);
  }

  private void set(End end, int firstValue) {
    this.end = end;
    this.firstValue = firstValue;
  }

  /**
   * @param firstValue where the values made inside the scope begin
   */
  static void record(Tape tape, End end, int firstValue) {
    if (tape.spare() instanceof ScopeOperator spare) {
      spare.set(end, firstValue);
      tape.record(spare);
    } else {
      tape.record(new ScopeOperator(end, firstValue));
    }
  }

  @Override
  public void backward(Tape tape) {
    switch (end) {
      case CLOSE -> tape.enterScope(firstValue);
      case OPEN -> tape.leaveScope();
    }
  }
}
