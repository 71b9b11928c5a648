/**
 * The packet token (its nine channels, their order, kinds and units) and how a captured frame
 * becomes the header fields a token needs. Depends on nothing.
 */
package dev.janus.contract.packet;
