package dev.janus.autograd;

import dev.janus.engine.Ragged;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.Kernels;

/** Multi-head softmax attention inside each flow (method, section 5). */
final class AttentionOperator implements Operator {
  private Var qkv;
  private int heads;
  private AttentionMask mask;
  private Ragged tokens;
  private Var out;
  private int saved;

  private AttentionOperator(
      Var qkv, int heads, AttentionMask mask, Ragged tokens, Var out, int saved) {
    set(qkv, heads, mask, tokens, out, saved);
  }

  private void set(Var qkv, int heads, AttentionMask mask, Ragged tokens, Var out, int saved) {
    this.qkv = qkv;
    this.heads = heads;
    this.mask = mask;
    this.tokens = tokens;
    this.out = out;
    this.saved = saved;
  }

  static Var apply(Tape tape, Var qkv, int heads, AttentionMask mask, Ragged tokens) {
    Kernels kernels = tape.kernels();
    int d = qkv.columns() / 3;
    Var out = tape.result(qkv.rows(), d);
    int mark = tape.mark();
    int length = savedLength(kernels, heads, tokens);
    int saved = tape.take(length);
    int scratch = tape.take(scratchLength(kernels, heads, d, tokens));
    float[] data = tape.data();
    int savedHere = saved + length;
    // The last flows first: their operands were written last and may still be in cache.
    for (int f = tokens.count() - 1; f >= 0; f--) {
      int rows = tokens.rows(f);
      int row = tokens.start(f);
      savedHere -= kernels.attentionSavedLength(rows, heads);
      kernels.attention(
          rows,
          heads,
          d / heads,
          mask,
          data,
          qkv.offset() + row * 3 * d,
          data,
          savedHere,
          data,
          out.offset() + row * d,
          data,
          scratch);
    }
    tape.releaseScratch(scratch);
    if (tape.isRecording()) {
      qkv.keepForBackward();
      if (tape.spare() instanceof AttentionOperator spare) {
        spare.set(qkv, heads, mask, tokens, out, saved);
        tape.record(spare);
      } else {
        tape.record(new AttentionOperator(qkv, heads, mask, tokens, out, saved));
      }
    } else {
      tape.release(mark);
    }
    return out;
  }

  @Override
  public void backward(Tape tape) {
    if (!out.hasGradient()) {
      return;
    }
    Kernels kernels = tape.kernels();
    int d = out.columns();
    int dQkv = qkv.newGradient();
    int scratch = tape.take(scratchLength(kernels, heads, d, tokens));
    float[] data = tape.data();
    int savedHere = saved + savedLength(kernels, heads, tokens);
    for (int f = tokens.count() - 1; f >= 0; f--) {
      int rows = tokens.rows(f);
      int row = tokens.start(f);
      savedHere -= kernels.attentionSavedLength(rows, heads);
      kernels.attentionBackward(
          rows,
          heads,
          d / heads,
          mask,
          data,
          qkv.offset() + row * 3 * d,
          data,
          savedHere,
          data,
          out.gradientOffset() + row * d,
          data,
          dQkv + row * 3 * d,
          data,
          scratch);
    }
    tape.releaseScratch(scratch);
  }

  private static int savedLength(Kernels kernels, int heads, Ragged tokens) {
    int length = 0;
    for (int f = 0; f < tokens.count(); f++) {
      length += kernels.attentionSavedLength(tokens.rows(f), heads);
    }
    return length;
  }

  private static int scratchLength(Kernels kernels, int heads, int d, Ragged tokens) {
    int length = 0;
    for (int f = 0; f < tokens.count(); f++) {
      int rows = tokens.rows(f);
      length = Math.max(length, kernels.attentionScratchLength(rows, heads, d / heads));
    }
    return length;
  }
}
