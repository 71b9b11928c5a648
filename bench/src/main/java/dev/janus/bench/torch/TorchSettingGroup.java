package dev.janus.bench.torch;

import dev.janus.bench.table.Group;
import java.util.List;
import java.util.Map;

/** A group that exists once for each setting of libtorch; only the plain one is quick. */
abstract class TorchSettingGroup implements Group {
  final TorchSetting setting;
  private final String base;

  /**
   * @param base name of the group with the plain setting
   */
  TorchSettingGroup(String base, TorchSetting setting) {
    this.base = base;
    this.setting = setting;
  }

  @Override
  public final String name() {
    return setting.groupName(base);
  }

  @Override
  public final boolean isInQuickMode() {
    return setting == TorchSetting.PLAIN;
  }

  @Override
  public final List<String> jvmOptions() {
    return TorchRuntime.JVM_OPTIONS;
  }

  @Override
  public final Map<String, String> environment() {
    return setting.environment();
  }
}
