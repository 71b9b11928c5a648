/**
 * Capture files: finds the format by its magic number, never by the file name, and streams packet
 * headers out of it in bounded memory. What cannot be read is counted by cause. Depends on {@code
 * java.base} and the packet package only.
 */
package dev.janus.contract.capture;
