/**
 * Strict JSON values, read and written without a library: headers of model files, indexes of
 * stores. Called by {@code contract.artifact} and {@code janus.model}; depends on nothing else
 * here.
 */
package dev.janus.contract.json;
