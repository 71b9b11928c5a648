package dev.janus.engine.kernel;

/**
 * Constants of one optimiser step: {@code g' = gradientScale * g; w *= decay; m = beta1 m + (1 -
 * beta1) g'; v = beta2 v + (1 - beta2) g'^2; w -= stepSize * m / (sqrt(v) * rootScale + epsilon);
 * ema = emaDecay * ema + (1 - emaDecay) w}.
 *
 * <p>{@code 1 - beta1} and {@code 1 - beta2} are taken in float. Compute {@code stepSize} and
 * {@code rootScale} in double from the float values of the betas: then the bias correction is
 * exact.
 *
 * @param gradientScale clip factor, {@code min(1, maxNorm / (norm + 1e-6))}
 * @param decay {@code 1 - lr * weightDecay}
 * @param beta1 first moment decay
 * @param beta2 second moment decay
 * @param stepSize {@code lr / (1 - beta1^t)}
 * @param rootScale {@code 1 / sqrt(1 - beta2^t)}
 * @param epsilon added to the root
 * @param emaDecay decay of the weight average
 */
public record AdamWStep(
    float gradientScale,
    float decay,
    float beta1,
    float beta2,
    float stepSize,
    float rootScale,
    float epsilon,
    float emaDecay) {}
