package dev.hearth.stdlib.proxmox.sim.node;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.rest.GuestFigures;
import java.util.ArrayList;
import java.util.List;

/** What can be asked of and done to one node, beside its guests and storages. */
public final class NodeSettings {
  private NodeSettings() {}

  /** The methods of a major version of Proxmox VE. */
  public static List<ApiMethod> of(int major, GuestFigures figures) {
    var methods = new ArrayList<ApiMethod>();
    methods.addAll(NodeConfigMethods.of(major));
    methods.addAll(SystemMethods.all());
    methods.addAll(ServiceMethods.of(major));
    methods.addAll(CertificateMethods.all());
    methods.addAll(AcmeCertificates.all());
    methods.addAll(SubscriptionMethods.of(major));
    methods.addAll(JournalMethods.all());
    methods.addAll(AptMethods.all());
    methods.addAll(HardwareMethods.all());
    methods.addAll(ReportMethods.all());
    methods.addAll(new RrdMethods(figures, major).all());
    methods.addAll(BulkMethods.of(major));
    return methods;
  }
}
