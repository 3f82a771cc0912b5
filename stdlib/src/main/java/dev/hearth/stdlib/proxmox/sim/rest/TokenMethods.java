package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.sim.access.Token;
import dev.hearth.stdlib.proxmox.sim.access.User;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Params;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.rest.AccessChecks.Groups;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /access/users/{userid}/token}. */
public final class TokenMethods {
  private static final String LIST = "/access/users/{userid}/token";
  private static final String ONE = LIST + "/{tokenid}";

  private TokenMethods() {}

  /** The methods of a Proxmox VE of this version; from 9 on a token can get a new secret. */
  public static List<ApiMethod> all(int major) {
    var update = settings(one("PUT", "update_token_info"));
    if (major >= 9) {
      update
          .param("regenerate", Param.optional(bool().orElse("0")))
          .param("delete", Param.optional(formatted(Formats.CONFIG_ID.list())));
    }
    return List.of(
        of("GET", LIST, "token_index")
            .answers(
                call -> list(UserMethods.existing(call.world(), call.params().text("userid")))),
        one("GET", "read_token").answers(call -> info(existing(call))),
        settings(one("POST", "generate_token")).answers(TokenMethods::generate),
        update.answers(TokenMethods::update),
        one("DELETE", "remove_token").answers(TokenMethods::remove));
  }

  private static ApiMethod of(String verb, String path, String name) {
    return ApiMethod.of(verb, path)
        .name(name)
        .allow(Check.or(AccessChecks.self(), AccessChecks.onGroups(Groups.IGNORED, "User.Modify")))
        .param("userid", Param.of(AccessTypes.USERID));
  }

  private static ApiMethod one(String verb, String name) {
    return of(verb, ONE, name).param("tokenid", Param.of(AccessTypes.TOKEN_NAME));
  }

  private static ApiMethod settings(ApiMethod method) {
    return method
        .param("comment", Param.optional(string()))
        .param("expire", Param.optional(integer().min(0)))
        .param("privsep", Param.optional(bool().orElse("1")));
  }

  /** A user's tokens as lists have them. */
  static List<Item> list(User user) {
    return user.tokens().entrySet().stream()
        .map(token -> info(token.getValue()).with("tokenid", token.getKey()))
        .toList();
  }

  /** What anybody may know of a token. */
  static Item info(Token token) {
    return Item.of("privsep", token.privsep() ? 1 : 0)
        .with("expire", token.expire())
        .withKnown("comment", token.comment());
  }

  private static Token existing(Call call) {
    return existing(
        UserMethods.existing(call.world(), call.params().text("userid")),
        call.params().text("tokenid"));
  }

  /** A user's token; dies when there is none. */
  static Token existing(User user, String name) {
    var token = user.tokens().get(name);
    if (token == null) {
      throw Refusal.die("no such token '" + name + "' for user '" + user.userid() + "'");
    }
    return token;
  }

  private static Object generate(Call call) {
    var params = call.params();
    var user = UserMethods.existing(call.world(), params.text("userid"));
    var name = params.text("tokenid");
    if (user.tokens().containsKey(name)) {
      throw Refusal.parameter("tokenid", "Token already exists.");
    }
    var comment = params.text("comment", "");
    var token =
        new Token(
            UUID.randomUUID().toString(),
            params.flag("privsep", true),
            params.integer("expire", 0),
            comment.isEmpty() ? null : comment);
    user.tokens().put(name, token);
    var info = Item.of("privsep", params.has("privsep") ? params.find("privsep") : (Object) 1);
    info.withKnown("expire", params.find("expire")).withKnown("comment", token.comment());
    return Item.of("full-tokenid", user.userid() + "!" + name)
        .with("value", token.secret())
        .with("info", info);
  }

  /** Answers what was sent as it was sent, and the rest as it is known. */
  private static Object update(Call call) {
    var params = call.params();
    var user = UserMethods.existing(call.world(), params.text("userid"));
    var name = params.text("tokenid");
    var old = existing(user, name);
    var deleted = params.list("delete");
    boolean isNew = params.flag("regenerate");
    var token =
        new Token(
            isNew ? UUID.randomUUID().toString() : old.secret(),
            params.flag("privsep", deleted.contains("privsep") || old.privsep()),
            params.integer("expire", deleted.contains("expire") ? 0 : old.expire()),
            comment(params, deleted.contains("comment") ? null : old.comment()));
    user.tokens().put(name, token);
    var info = info(token);
    if (isNew) {
      info.with("full-tokenid", user.userid() + "!" + name).with("value", token.secret());
    }
    for (var sent : List.of("privsep", "expire", "comment")) {
      info.withKnown(sent, params.find(sent));
    }
    return info;
  }

  private static @Nullable String comment(Params params, @Nullable String otherwise) {
    return params.has("comment") ? params.find("comment") : otherwise;
  }

  private static @Nullable Object remove(Call call) {
    existing(call);
    var userid = call.params().text("userid");
    var name = call.params().text("tokenid");
    UserMethods.existing(call.world(), userid).tokens().remove(name);
    call.world().accounts().forgetAcl("token", userid + "!" + name);
    return null;
  }
}
