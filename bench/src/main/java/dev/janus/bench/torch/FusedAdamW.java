package dev.janus.bench.torch;

import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The kernel behind {@code torch.optim.AdamW(fused=True)}: one pass over each parameter. C++ has no
 * optimiser that uses it, so it is called by name; three times faster than {@link LibraryAdamW}.
 */
final class FusedAdamW implements TorchOptimizer {
  private static final String LISTS =
      """
      def none():
          x: List[Tensor] = []
          return x
      def of(first: Tensor):
          x: List[Tensor] = []
          x.append(first)
          return x
      """;

  private final TorchParameters parameters;
  private final CompilationUnit lists = torch.compile(LISTS);
  private final OperatorHandle kernel =
      Dispatcher.singleton().findSchemaOrThrow("aten::_fused_adamw_", "");
  private final Tensor steps = torch.zeros(1);
  private final Scalar one = new Scalar(1.0);
  private final IValue values;
  private final IValue firstMoments;
  private final IValue secondMoments;
  private final IValue stepsOfAll;
  private final IValue noTensors;
  private final IValue learningRate = new IValue(LEARNING_RATE);
  private final IValue beta1 = new IValue(BETA1);
  private final IValue beta2 = new IValue(BETA2);
  private final IValue weightDecay = new IValue(WEIGHT_DECAY);
  private final IValue epsilon = new IValue(EPSILON);
  private final IValue no = new IValue(false);
  private final IValue absent = new IValue();

  FusedAdamW(TorchParameters parameters) {
    this.parameters = parameters;
    Tensor[] leaves = parameters.all();
    Tensor[] detached = new Tensor[leaves.length];
    Tensor[] first = new Tensor[leaves.length];
    Tensor[] second = new Tensor[leaves.length];
    Tensor[] count = new Tensor[leaves.length];
    for (int i = 0; i < leaves.length; i++) {
      detached[i] = leaves[i].detach();
      first[i] = torch.zeros_like(detached[i]);
      second[i] = torch.zeros_like(detached[i]);
      count[i] = steps;
    }
    values = list(detached);
    firstMoments = list(first);
    secondMoments = list(second);
    stepsOfAll = list(count);
    noTensors = lists.get_function(new QualifiedName("none")).apply(new IValueVector());
  }

  @Override
  public void step() {
    Tensor[] leaves = parameters.all();
    Tensor[] gradients = new Tensor[leaves.length];
    for (int i = 0; i < leaves.length; i++) {
      gradients[i] = leaves[i].grad();
    }
    steps.add_(one);
    kernel.callBoxed(
        new IValueVector(
            values,
            list(gradients),
            firstMoments,
            secondMoments,
            noTensors,
            stepsOfAll,
            learningRate,
            beta1,
            beta2,
            weightDecay,
            epsilon,
            no,
            no,
            absent,
            absent));
  }

  private IValue list(Tensor[] tensors) {
    IValue list =
        lists.get_function(new QualifiedName("of")).apply(new IValueVector(new IValue(tensors[0])));
    GenericList elements = list.toList();
    for (int i = 1; i < tensors.length; i++) {
      elements.push_back(new IValue(tensors[i]));
    }
    return list;
  }
}
