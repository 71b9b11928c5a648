package dev.janus.bench.product;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;

/**
 * oneDNN's matmul primitive on one thread (environment {@code OMP_NUM_THREADS=1}), created once.
 * Weights are in the layout the primitive asks for, reordered once, as ours are packed once; what
 * changes with every call is plain. Executed through the C interface, which costs less per call
 * than the C++ one.
 */
final class OneDnnProduct implements Product {
  static final String NAME = "oneDNN 3.13";

  private static final int OPERANDS = 3;

  private final Problem problem;
  private final FloatPointer a;
  private final FloatPointer b;
  private final FloatPointer c;
  private final engine cpu = new engine(engine.kind.cpu, 0);
  private final stream queue = new stream(cpu);
  private final memory left;
  private final memory right;
  private final memory result;
  private final matmul.primitive_desc description;
  private final matmul primitive;
  private final dnnl_exec_arg_t arguments = new dnnl_exec_arg_t(OPERANDS);

  OneDnnProduct(Problem problem) {
    this.problem = problem;
    a = NativeFloats.copyOf(problem.a());
    b = NativeFloats.copyOf(problem.b());
    c = NativeFloats.allocate((long) problem.rows() * problem.columns());
    memory.desc aForm = plain(problem.rows(), problem.inner(), problem.transposeA());
    memory.desc bForm = plain(problem.inner(), problem.columns(), problem.transposeB());
    memory.desc cForm = plain(problem.rows(), problem.columns(), false);
    memory.desc bAsked =
        problem.packable()
            ? form(problem.inner(), problem.columns(), memory.format_tag.any)
            : bForm;
    description = new matmul.primitive_desc(cpu, aForm, bAsked, cForm);
    primitive = new matmul(description);
    left = new memory(aForm, cpu, a);
    memory stored = new memory(bForm, cpu, b);
    right = problem.packable() ? reordered(stored) : stored;
    result = new memory(cForm, cpu, c);
    argument(0, dnnl.DNNL_ARG_SRC, left);
    argument(1, dnnl.DNNL_ARG_WEIGHTS, right);
    argument(2, dnnl.DNNL_ARG_DST, result);
  }

  private static memory.desc plain(int rows, int columns, boolean transposed) {
    return form(rows, columns, transposed ? memory.format_tag.ba : memory.format_tag.ab);
  }

  private static memory.desc form(int rows, int columns, memory.format_tag tag) {
    return new memory.desc(new long[] {rows, columns}, memory.data_type.f32, tag);
  }

  private memory reordered(memory stored) {
    memory packed = new memory(description.weights_desc(), cpu);
    try (reorder once = new reorder(stored, packed)) {
      once.execute(queue, stored, packed);
    }
    queue._wait();
    return packed;
  }

  private void argument(int index, int role, memory operand) {
    arguments.getPointer(index).arg(role).memory(operand.get());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run() {
    int status = dnnl.dnnl_primitive_execute(primitive.get(), queue.get(), OPERANDS, arguments);
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException(NAME + " failed with status " + status);
    }
  }

  @Override
  public float[] result() {
    dnnl.dnnl_stream_wait(queue.get());
    return NativeFloats.toArray(c, problem.rows() * problem.columns());
  }

  @Override
  public void close() {
    arguments.close();
    primitive.close();
    description.close();
    left.close();
    right.close();
    result.close();
    queue.close();
    cpu.close();
    a.close();
    b.close();
    c.close();
  }
}
