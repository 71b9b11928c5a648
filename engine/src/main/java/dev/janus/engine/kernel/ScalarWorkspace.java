package dev.janus.engine.kernel;

/**
 * Buffers of one thread. The JIT compiler turns a plain loop into vector code only when every array
 * is indexed by the loop variable itself: with different offsets it cannot exclude that arrays
 * overlap. So the scalar kernels copy blocks into these buffers, compute there and copy back.
 *
 * <p>A workspace is a plain {@code float[][]}: a thread that outlives the library, in a container
 * say, then keeps no class of ours alive.
 */
final class ScalarWorkspace {
  /** Elements of every buffer: columns of a block of a product, elements of an activation. */
  static final int LENGTH = 512;

  /** Rows of the right factor in a block of a product. */
  static final int DEPTH = 32;

  /** Rows of the result in a block of a product. */
  static final int ROWS = 4;

  /** First buffer of the right factor; {@link #DEPTH} of them. */
  static final int RIGHT = 0;

  /** First buffer of the result; {@link #ROWS} of them. */
  static final int RESULT = RIGHT + DEPTH;

  /** Arguments of an activation. */
  static final int X = RESULT + ROWS;

  /** Exponentials, and values made of them. */
  static final int E = X + 1;

  /** Second result of the exponential's first loop. */
  static final int SHIFTED = E + 1;

  /** Slopes of an activation. */
  static final int SLOPE = SHIFTED + 1;

  private ScalarWorkspace() {}

  static float[][] allocate() {
    return new float[SLOPE + 1][LENGTH];
  }
}
