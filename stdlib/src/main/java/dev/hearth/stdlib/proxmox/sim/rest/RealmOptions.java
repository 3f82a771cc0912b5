package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.config.ValueType;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What can be said of a realm, and of which type of realm. */
final class RealmOptions {
  private static final int NAME = 256;
  private static final int FILTER = 2048;
  private static final String DIRECTORY =
      " server2 port secure sslversion default comment tfa verify capath cert certkey bind_dn"
          + " password filter sync_attributes user_classes group_dn group_name_attr group_filter"
          + " group_classes sync-defaults-options mode case-sensitive";

  static final Sections SECTIONS =
      new Sections()
          .type("ldap", "server1! base_dn! user_attr!" + DIRECTORY)
          .type("ad", "server1! domain! base_dn user_attr" + DIRECTORY)
          .type(
              "openid",
              "issuer-url! client-id! client-key autocreate username-claim= prompt scopes acr-values"
                  + " audiences default comment query-userinfo groups-claim groups-autocreate"
                  + " groups-overwrite")
          .type("pam", "default comment tfa")
          .type("pve", "default comment tfa");

  /** Read back as numbers. */
  static final Set<String> NUMBERS =
      Set.of(
          "port",
          "secure",
          "default",
          "verify",
          "case-sensitive",
          "autocreate",
          "query-userinfo",
          "groups-autocreate",
          "groups-overwrite");

  private static final ValueFormat ATTRIBUTE =
      ValueFormat.of(
          "ldap-simple-attr",
          value ->
              value.matches("[a-zA-Z0-9]+")
                  ? Optional.empty()
                  : Optional.of(
                      "value '" + value + "' does not look like a simple ldap attribute name\n"));
  static final PropertyFormat TFA =
      PropertyFormat.named("pve-tfa-config")
          .required("type", oneOf("yubico", "oath"))
          .optional("id", matching("\\S{1,}"))
          .optional("key", matching("\\S{1,}"))
          .optional("url", matching("\\S{1,}"))
          .optional("digits", integer().min(6).max(8))
          .optional("step", integer().min(10));
  private static final String VANISHED =
      "(?:(?:(?:acl|properties|entry);)*(?:acl|properties|entry))|none";

  static final ValueType REMOVE_VANISHED = matching(VANISHED).orElse("none");
  static final ValueType SCOPE = oneOf("users", "groups", "both");
  private static final ValueFormat SYNC =
      PropertyFormat.named("realm-sync-options")
          .optional("scope", SCOPE)
          .optional("remove-vanished", REMOVE_VANISHED)
          .optional("enable-new", bool().orElse("1"))
          .optional("full", bool())
          .optional("purge", bool());

  private RealmOptions() {}

  /** The options as parameters; a few came with version 9. */
  static Map<String, Param> params(int major) {
    var types = new LinkedHashMap<String, ValueType>();
    directories(types);
    types.put("issuer-url", string().maxLength(NAME));
    types.put("client-id", string().maxLength(NAME));
    types.put("client-key", string().maxLength(NAME));
    types.put("autocreate", bool().orElse("0"));
    types.put("prompt", matching("(?:none|login|consent|select_account|\\S+)"));
    types.put("scopes", string().orElse("email profile"));
    types.put("acr-values", matching("[^\\x00-\\x1F\\x7F <>#\"]*"));
    if (major >= 9) {
      types.put("audiences", matching("[^\\x00-\\x1F\\x7F <>#\"]*"));
    }
    types.put("query-userinfo", bool().orElse("1"));
    types.put("groups-claim", matching("[A-Za-z0-9\\.\\-_]+").maxLength(NAME));
    types.put("groups-autocreate", bool().orElse("0"));
    types.put("groups-overwrite", bool().orElse("0"));
    types.put("default", bool());
    types.put("comment", string().maxLength(4096));
    types.put("tfa", formatted(TFA).maxLength(128));
    types.put("check-connection", bool().orElse("0"));
    var params = new LinkedHashMap<String, Param>();
    types.forEach((name, type) -> params.put(name, Param.optional(type)));
    return params;
  }

  private static void directories(Map<String, ValueType> types) {
    types.put("server1", formatted(Formats.ADDRESS).maxLength(NAME));
    types.put("server2", formatted(Formats.ADDRESS).maxLength(NAME));
    types.put("port", integer().min(1).max(65535));
    types.put("mode", oneOf("ldap", "ldaps", "ldap+starttls").orElse("ldap"));
    types.put("secure", bool());
    types.put("sslversion", oneOf("tlsv1", "tlsv1_1", "tlsv1_2", "tlsv1_3"));
    types.put("verify", bool().orElse("0"));
    types.put("capath", string().orElse("/etc/ssl/certs"));
    types.put("cert", string());
    types.put("certkey", string());
    types.put("domain", matching("\\S+").maxLength(NAME));
    types.put("base_dn", string().maxLength(NAME));
    types.put("bind_dn", string().maxLength(NAME));
    types.put("password", string());
    types.put("user_attr", matching("\\S{2,}").maxLength(NAME));
    types.put(
        "user_classes",
        formatted(ATTRIBUTE.list()).orElse("inetorgperson, posixaccount, person, user"));
    types.put("filter", string().maxLength(FILTER));
    types.put("sync_attributes", matching("\\w+=[^,]+(,\\s*\\w+=[^,]+)*"));
    types.put("group_dn", string().maxLength(NAME));
    types.put("group_name_attr", formatted(ATTRIBUTE).maxLength(NAME));
    types.put("group_filter", string().maxLength(FILTER));
    types.put(
        "group_classes",
        formatted(ATTRIBUTE.list()).orElse("groupOfNames, group, univentionGroup, ipausergroup"));
    types.put("sync-defaults-options", formatted(SYNC));
    types.put("case-sensitive", bool().orElse("1"));
  }
}
