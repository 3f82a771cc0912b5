package dev.hearth.stdlib.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users, groups, roles, tokens, ACLs and pools as recipes see them, against the simulator. */
class AccessRecipeTest {
  private final RecipeBody recipe;

  AccessRecipeTest(@TempDir Path folder) {
    this.recipe = new RecipeBody(folder);
  }

  @Test
  void a_user_is_ensured_once_and_then_changed_only_where_it_differs() throws Exception {
    assertThat(
            recipe.value(
                """
                await pve.groups.create({ groupid: 'ops' });
                await pve.groups.create({ groupid: 'dev' });
                const spec = { userid: 'ci@pve', comment: 'robot', groups: ['ops', 'dev'], password: 'pw-12345678' };
                const first = await pve.users.ensure(spec);
                const second = await pve.users.ensure({ ...spec, groups: 'dev,ops', enable: true });
                const third = await pve.users.ensure({ userid: 'ci@pve', comment: null, groups: ['dev'] });
                return [first, second.changed, third, await pve.users.find('nobody-there@pve')];
                """))
        .isEqualTo(
            "[{\"changed\":true,\"before\":null,\"after\":{\"comment\":\"robot\",\"groups\":[\"dev\",\"ops\"]}},"
                + "false,{\"changed\":true,\"before\":{\"comment\":\"robot\",\"groups\":[\"dev\",\"ops\"]},"
                + "\"after\":{\"groups\":[\"dev\"]}},null]");
  }

  @Test
  void a_token_s_secret_is_told_once_and_never_shown() throws Exception {
    var result =
        recipe.run(
            """
            await pve.users.create({ userid: 'ci@pve' });
            const { secret, changed } = await pve.user('ci@pve').tokens.ensure({ tokenid: 'deploy', privsep: 0 });
            log.info(`the token is ${secret}`, { secret });
            const again = await pve.user('ci@pve').tokens.ensure({ tokenid: 'deploy', privsep: false });
            return { changed, secret, again, text: String(secret), tokens: await pve.user('ci@pve').tokens.list() };
            """);
    assertThat(result.error()).isNull();
    assertThat(String.valueOf(result.value()))
        .isEqualTo(
            "{\"changed\":true,\"secret\":\"***\",\"again\":{\"secret\":null,\"changed\":false,"
                + "\"before\":{\"privsep\":0},\"after\":{\"privsep\":0}},\"text\":\"***\","
                + "\"tokens\":[{\"privsep\":0,\"expire\":0,\"tokenid\":\"deploy\"}]}");
  }

  @Test
  void what_proxmox_would_delete_although_it_is_in_use_is_kept() throws Exception {
    assertThat(
            recipe.value(
                """
                await pve.users.create({ userid: 'ci@pve' });
                await pve.user('ci@pve').token('deploy').create();
                await pve.roles.create({ roleid: 'Starter', privs: ['VM.PowerMgmt'] });
                await pve.groups.create({ groupid: 'ops', members: ['ci@pve'] });
                await pve.acl.grant({ path: '/vms', group: 'ops', role: 'Starter' });
                const kept = [
                  await failure(() => pve.user('root@pam').delete()),
                  await failure(() => pve.user('ci@pve').delete()),
                  await failure(() => pve.role('Starter').delete()),
                  await failure(() => pve.group('ops').delete()),
                ];
                const gone = [
                  await pve.role('Starter').delete({ force: true }),
                  await pve.role('Starter').delete(),
                  await pve.group('ops').delete({ force: true }),
                  await pve.user('ci@pve').delete({ force: true }),
                ];
                return [...kept, gone, (await pve.acl.find({ path: '/vms', group: 'ops' })).length];
                """))
        .isEqualTo(
            "[\"proxmox.in-use: The user `root@pam` is in use: it is the superuser, whose tokens would go,"
                + " this connection comes in as it, token root@pam!hearth.\","
                + "\"proxmox.in-use: The user `ci@pve` is in use: token ci@pve!deploy.\","
                + "\"proxmox.in-use: The role `Starter` is in use: group ops on /vms.\","
                + "\"proxmox.in-use: The group `ops` is in use: member ci@pve, Starter on /vms.\","
                + "[true,false,true,true],0]");
  }

  @Test
  void an_acl_is_ensured_for_one_who_and_one_path() throws Exception {
    assertThat(
            recipe.value(
                """
                await pve.users.create({ userid: 'ci@pve' });
                const at = { path: '/vms/100', user: 'ci@pve' };
                const first = await pve.acl.ensure({ ...at, roles: ['PVEVMUser', 'PVEAuditor'] });
                const second = await pve.acl.ensure({ ...at, roles: ['PVEAuditor', 'PVEVMUser'], propagate: true });
                const third = await pve.acl.ensure({ ...at, role: 'PVEAuditor', propagate: 0 });
                const rights = await pve.user('ci@pve').permissions({ path: '/vms/100' });
                const none = await pve.acl.ensure({ ...at, roles: [] });
                return [first, second.changed, third, rights['/vms/100']['VM.Audit'], none.changed,
                  (await pve.acl.ensure({ ...at, roles: [] })).changed, (await pve.acl.find(at)).length];
                """))
        .isEqualTo(
            "[{\"changed\":true,\"before\":null,\"after\":{\"roles\":[\"PVEAuditor\",\"PVEVMUser\"]}},false,"
                + "{\"changed\":true,\"before\":{\"roles\":[\"PVEAuditor\",\"PVEVMUser\"],\"propagate\":1},"
                + "\"after\":{\"roles\":[\"PVEAuditor\"],\"propagate\":0}},0,true,false,0]");
  }

  @Test
  void roles_and_groups_are_ensured_with_lists_in_any_order() throws Exception {
    assertThat(
            recipe.value(
                """
                await pve.users.create({ userid: 'a@pve' });
                await pve.users.create({ userid: 'b@pve' });
                const role = { roleid: 'Ops', privs: ['VM.PowerMgmt', 'VM.Audit'] };
                const group = { groupid: 'ops', comment: 'Operators', members: ['b@pve', 'a@pve'] };
                const made = [(await pve.roles.ensure(role)).changed, (await pve.groups.ensure(group)).changed];
                const same = [
                  (await pve.roles.ensure({ ...role, privs: 'VM.Audit VM.PowerMgmt' })).changed,
                  (await pve.groups.ensure({ ...group, members: ['a@pve', 'b@pve'] })).changed,
                ];
                const less = await pve.groups.ensure({ groupid: 'ops', members: ['a@pve'] });
                const dry = await pve.roles.ensure({ ...role, privs: ['VM.Audit'] }, { dryRun: true });
                return [made, same, less.after, dry.changed, (await pve.role('Ops').get()).privs];
                """))
        .isEqualTo(
            "[[true,true],[false,false],{\"members\":[\"a@pve\"]},true,[\"VM.Audit\",\"VM.PowerMgmt\"]]");
  }

  @Test
  void a_pool_is_ensured_with_its_members() throws Exception {
    assertThat(
            recipe.value(
                """
                for (const vmid of [100, 101, 102]) await pve.vms.create({ node: 'pve', vmid, memory: 512 });
                const first = await pve.pools.ensure({ poolid: 'lab', comment: 'for trying', vms: [101, 100], storage: ['local'] });
                const second = await pve.pools.ensure({ poolid: 'lab', vms: [100, 101] });
                const third = await pve.pools.ensure({ poolid: 'lab', vms: [102] });
                const kept = await failure(() => pve.pool('lab').delete());
                const pool = await pve.pools.get('lab');
                return [first.after, second.changed, third.after, kept, await pool.delete({ force: true }), await pve.pools.find('lab')];
                """))
        .isEqualTo(
            "[{\"comment\":\"for trying\",\"vms\":[100,101],\"storage\":[\"local\"]},false,{\"vms\":[102]},"
                + "\"proxmox.pool-not-empty: The pool `lab` is not empty: it contains VM 102.\",true,null]");
  }

  @Test
  void what_is_not_there_has_a_code() throws Exception {
    assertThat(
            recipe.value(
                """
                return [
                  await failure(() => pve.users.get('x@pve')), await failure(() => pve.groups.get('x')),
                  await failure(() => pve.roles.get('x')), await failure(() => pve.pools.get('x')),
                  await failure(() => pve.token('root@pam!nope').get()), await failure(() => pve.realms.get('nope')),
                  await failure(() => pve.users.ensure({})), await failure(() => pve.roles.create({ roleid: 'PVEAdmin' })),
                  await failure(() => pve.pools.create({ poolid: 'lab' }).then(() => pve.pools.create({ poolid: 'lab' }))),
                ].map((text) => text.split(':')[0]);
                """))
        .isEqualTo(
            "[\"proxmox.user-not-found\",\"proxmox.group-not-found\",\"proxmox.role-not-found\","
                + "\"proxmox.pool-not-found\",\"proxmox.token-not-found\",\"proxmox.realm-not-found\","
                + "\"proxmox.spec\",\"proxmox.parameter\",\"proxmox.exists\"]");
  }

  @Test
  void handles_and_secrets_come_back_as_what_they_are_from_a_step() throws Exception {
    assertThat(
            recipe.value(
                """
                const user = await step('user', () => pve.users.create({ userid: 'ci@pve' }));
                const secret = await step('token', () => user.token('deploy').create({ privsep: 0 }));
                const pool = await step('pool', () => pve.pools.create({ poolid: 'lab' }));
                return [String(secret), (await user.get()).enable, (await pool.get()).members.length];
                """))
        .isEqualTo("[\"***\",1,0]");
  }

  @Test
  void the_connection_s_own_token_is_removed_by_its_successor_only() throws Exception {
    assertThat(
            recipe.value(
                """
                const own = pve.token('root@pam!hearth');
                const secret = await pve.user('root@pam').token('next').create({ privsep: 0 });
                const kept = await failure(() => own.delete());
                const rights = await own.prove(secret);
                const wrong = await failure(() => own.prove('root@pam!next=00000000-0000-0000-0000-000000000000'));
                return [kept, rights['/vms']['VM.Allocate'], wrong, await own.delete({ as: secret }),
                  (await failure(() => pve.version())).split(':')[0]];
                """))
        .isEqualTo(
            "[\"proxmox.in-use: The token `root@pam!hearth` is in use: this connection comes in with it.\",1,"
                + "\"proxmox.unauthorized: Proxmox does not accept the credentials of the connection `root@pam!next`.\","
                + "true,\"proxmox.unauthorized\"]");
  }
}
