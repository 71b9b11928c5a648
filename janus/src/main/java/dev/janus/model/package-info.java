/**
 * The network, its configuration, normalisation and the model file. Trainer and scorer call it; it
 * never reads captures.
 */
package dev.janus.model;
