/**
 * The packet token (its nine channels, their order, kinds and units) and how a captured frame
 * becomes the header fields a token needs. Depends on nothing.
 *
 * <p>One class for each layer: {@code LinkLayer} with {@code PointToPoint}, {@code Nflog} and
 * {@code Wireless} finds the datagram, {@code IpLayer} reads addresses, extension headers and
 * fragments, {@code TunnelLayer} what is carried inside, {@code TransportLayer} ports, flags and
 * window. Beyond the method's sections 1.1 and 1.2 more link layers are read, authentication
 * headers are passed, and nothing behind the stated end of a datagram is taken for its header;
 * fragments and tunnels go by {@link FragmentPolicy} and {@link TunnelPolicy}.
 */
package dev.janus.contract.packet;
