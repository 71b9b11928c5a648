/**
 * From a trained model and flows to ten scores, one distance and a p-value. Embedders call it;
 * loading and scoring use no third-party code.
 */
package dev.janus.score;
