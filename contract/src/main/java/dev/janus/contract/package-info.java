/**
 * The fixed data contract: how captures become flows, which nine packet channels and twenty flow
 * features a flow has, and how they lie on disk. Extraction, training, scoring and live capture all
 * call it. It must never depend on the model, on a third-party library (except the Parquet reader
 * in {@code artifact}), on native code or on the network.
 */
package dev.janus.contract;
