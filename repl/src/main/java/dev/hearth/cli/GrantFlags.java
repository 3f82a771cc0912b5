package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The {@code --allow-…} flags, taken out of the arguments before these are parsed: what stands
 * behind {@code --allow-} is a language of its own, with the names of all bindings in it.
 *
 * @param grants each without its {@code --allow-}
 * @param rest all other arguments, in order
 */
record GrantFlags(List<String> grants, List<String> rest) {
  private static final String PREFIX = "--allow-";
  private static final Set<String> WITH_VALUE =
      Set.of("net", "listen", "read", "write", "exec", "env", "secret");

  static GrantFlags of(List<String> arguments) {
    var grants = new ArrayList<String>();
    var rest = new ArrayList<String>();
    for (var i = 0; i < arguments.size(); i++) {
      var argument = arguments.get(i);
      if (argument.equals("--")) {
        rest.addAll(arguments.subList(i, arguments.size()));
        break;
      }
      if (!argument.startsWith(PREFIX)) {
        rest.add(argument);
        continue;
      }
      var grant = argument.substring(PREFIX.length());
      if (WITH_VALUE.contains(grant)) {
        if (++i == arguments.size()) {
          throw new HearthException(CliError.MISSING_VALUE, argument, label(grant));
        }
        grant = grant + "=" + arguments.get(i);
      }
      grants.add(grant);
    }
    return new GrantFlags(grants, rest);
  }

  private static String label(String grant) {
    return switch (grant) {
      case "net", "listen" -> "HOST:PORT";
      case "read", "write" -> "PATH";
      case "exec" -> "PROGRAM";
      default -> "NAME";
    };
  }

  /** The flags as options, for help and completion; parsing never meets them. */
  static Spec describe(Spec spec) {
    return spec.flag("--allow-proxmox:read", "Let it look at Proxmox; so with every binding.")
        .flag("--allow-proxmox:write", "Let it change Proxmox; =NAME before the colon: only there.")
        .repeatable("--allow-net", "HOST:PORT", "Let it connect to this address.")
        .repeatable("--allow-listen", "HOST:PORT", "Let it listen on this address.")
        .repeatable("--allow-read", "PATH", "Let it read this file, or what is in this folder.")
        .repeatable("--allow-write", "PATH", "Let it write this file, or what is in this folder.")
        .repeatable("--allow-exec", "PROGRAM", "Let it run this program: all that you may do.")
        .repeatable("--allow-env", "NAME", "Let it read this environment variable.")
        .repeatable("--allow-secret", "NAME", "Let it use this secret.")
        .flag("--allow-all", "Let it do everything that can be allowed.");
  }
}
