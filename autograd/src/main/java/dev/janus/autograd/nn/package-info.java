/** Layers: what a tape operator needs to know of its parameters, and their packed forms. */
package dev.janus.autograd.nn;
