package dev.janus.autograd;

/**
 * One recorded application of an operator. Its inputs, outputs and whatever the forward pass saved
 * are fields, set anew when the tape uses the object again; {@link #backward} reads the outputs'
 * gradients, adds to the parameters' gradients and adds to or sets the inputs' gradients.
 */
sealed interface Operator
    permits AdaNormOperator,
        AddGatedOperator,
        AssembleTokensOperator,
        AttentionOperator,
        BitCrossEntropyOperator,
        LinearOperator,
        MlpOperator,
        ScopeOperator,
        SelectRowsOperator,
        SquaredErrorOperator {
  void backward(Tape tape);
}
