/** The packet token: its nine channels, their order, kinds and units. Depends on nothing. */
package dev.janus.contract.packet;
