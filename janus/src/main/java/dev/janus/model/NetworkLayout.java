package dev.janus.model;

import dev.janus.autograd.Parameter;
import dev.janus.autograd.ParameterLayout;
import dev.janus.autograd.nn.Linear;
import dev.janus.contract.flow.FlowFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The parameters of the network, their names in the model file and their place in the flat array
 * (method, section 5).
 *
 * @param packetIn W_p
 * @param position learned table {@code [T, d]}
 * @param flowIn W_f
 * @param flowToken e_f
 * @param time1 W_1
 * @param time2 W_2
 * @param blocks the Transformer blocks
 * @param modulationOut W_z
 * @param velocity W_v
 * @param flowVelocity W_u
 * @param logits W_l
 * @param layout all of them in order
 */
record NetworkLayout(
    Linear packetIn,
    Parameter position,
    Linear flowIn,
    Parameter flowToken,
    Linear time1,
    Linear time2,
    List<Block> blocks,
    Linear modulationOut,
    Linear velocity,
    Linear flowVelocity,
    Linear logits,
    ParameterLayout layout) {

  /**
   * The parameters of one block.
   *
   * @param qkv W_qkv
   * @param projection W_o
   * @param mlpIn W_3
   * @param mlpOut W_4
   * @param modulation W_a
   */
  record Block(Linear qkv, Linear projection, Linear mlpIn, Linear mlpOut, Linear modulation) {}

  static NetworkLayout of(ModelConfig config) {
    ParameterLayout.Builder layout = new ParameterLayout.Builder();
    int d = config.dModel();
    Linear packetIn = Linear.add(layout, "pin", JanusNetwork.PACKET_INPUTS, d);
    Parameter position = layout.add("pos", config.maxPackets(), d);
    Linear flowIn = Linear.add(layout, "fin", FlowFeature.COUNT, d);
    Parameter flowToken = layout.add("ftok", d);
    Linear time1 = Linear.add(layout, "t1", d, d);
    Linear time2 = Linear.add(layout, "t2", d, d);
    List<Block> blocks =
        IntStream.range(0, config.layers())
            .mapToObj(layer -> block(layout, "blocks." + layer + ".", d))
            .toList();
    Linear modulationOut = Linear.add(layout, "ada", d, 2 * d);
    Linear velocity = Linear.add(layout, "vout", d, JanusNetwork.CONTINUOUS);
    Linear flowVelocity = Linear.add(layout, "fout", d, FlowFeature.COUNT);
    Linear logits = Linear.add(layout, "dout", d, JanusNetwork.BITS);
    return new NetworkLayout(
        packetIn,
        position,
        flowIn,
        flowToken,
        time1,
        time2,
        blocks,
        modulationOut,
        velocity,
        flowVelocity,
        logits,
        layout.build());
  }

  private static Block block(ParameterLayout.Builder layout, String prefix, int d) {
    return new Block(
        Linear.add(layout, prefix + "qkv", d, 3 * d),
        Linear.add(layout, prefix + "proj", d, d),
        Linear.add(layout, prefix + "fc1", d, 4 * d),
        Linear.add(layout, prefix + "fc2", 4 * d, d),
        Linear.add(layout, prefix + "ada", d, 6 * d));
  }

  /** Layers that start at zero, so that an untrained network gives velocity 0 and logit 0. */
  List<Linear> zeroAtStart() {
    List<Linear> zero = new ArrayList<>();
    blocks.forEach(block -> zero.add(block.modulation()));
    zero.addAll(List.of(modulationOut, velocity, flowVelocity, logits));
    return zero;
  }

  /** All linear layers, for packing. */
  List<Linear> linears() {
    List<Linear> all = new ArrayList<>(List.of(packetIn, flowIn, time1, time2));
    for (Block block : blocks) {
      all.addAll(
          List.of(
              block.qkv(), block.projection(), block.mlpIn(), block.mlpOut(), block.modulation()));
    }
    all.addAll(List.of(modulationOut, velocity, flowVelocity, logits));
    return all;
  }
}
