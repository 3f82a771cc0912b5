package dev.hearth.stdlib.proxmox.sim.cluster;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import java.util.ArrayList;
import java.util.List;

/** What belongs to the cluster as a whole, beside its options, firewall and networks. */
public final class ClusterSettings {
  private ClusterSettings() {}

  /** The methods of a major version of Proxmox VE. */
  public static List<ApiMethod> of(int major) {
    var methods = new ArrayList<ApiMethod>();
    methods.addAll(ClusterFacts.all());
    methods.addAll(MetricMethods.of(major));
    methods.addAll(ConfigMethods.of(major));
    methods.addAll(AcmeMethods.all());
    methods.addAll(AcmeAccounts.all());
    methods.addAll(SyncJobMethods.all());
    methods.add(ScheduleAnalysis.method());
    if (major >= 9) {
      methods.addAll(GuestActions.all());
      methods.addAll(CpuModels.all());
    }
    if (major >= 8) {
      methods.addAll(MappingMethods.all());
    }
    return methods;
  }
}
