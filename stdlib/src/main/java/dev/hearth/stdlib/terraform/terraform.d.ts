import type { Secret } from 'hearth:secret';

/**
 * Terraform and OpenTofu, driven through their machine-readable interfaces. The program is what a connection names as `program`
 * (`hearth connect add terraform pinned --program /opt/terraform`); else the installed one that it names as `version`; else the newest
 * of those that `hearth terraform install` installed; else `tofu` or `terraform` of PATH. OpenTofu comes before Terraform.
 *
 * A module may do whatever its providers and provisioners do, with the rights of whoever runs Hearth: granting `terraform` is granting
 * that, also for `read`. The folder itself needs `read`, and `write` where plans are made.
 *
 * The program gets your environment as it does at a shell: `TF_VAR_…`, `TF_CLI_CONFIG_FILE`, `TF_PLUGIN_CACHE_DIR`, `TF_TOKEN_…`, what
 * providers and backends read (`PROXMOX_VE_…`, `AWS_…`), proxies. The recipe does not see it, and Hearth's own variables (`HEARTH_…`)
 * are left out.
 */

/** A number with its unit: `'30s'`, `'5m'`. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h'}`;

/** An error or a warning, where it stands. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  /** In the module's folder; `null` where it concerns no file, as are `line`, `column` and `code` then. */
  readonly file: string | null;
  /** Counted from 1. */
  readonly line: number | null;
  /** Counted from 1. */
  readonly column: number | null;
  /** The line itself. */
  readonly code: string | null;
  /** The resource that it concerns. */
  readonly address: string | null;
}

/** A variable that a module declares. */
export interface Variable {
  readonly name: string;
  /** As the module has it, such as `list(string)`; `any` where it says nothing. */
  readonly type: string;
  /** The same as JSON Schema. */
  readonly schema: object;
  readonly description: string | null;
  /** `null` where there is none, where it is `null`, and where it is not constant. */
  readonly defaultValue: unknown;
  readonly required: boolean;
  readonly sensitive: boolean;
  readonly nullable: boolean;
  readonly ephemeral: boolean;
  /** Rules in Terraform's own language. */
  readonly validations: readonly { readonly condition: string; readonly message: string | null }[];
  readonly file: string;
  readonly line: number;
}

/** What a module declares, read from its files: `*.tf` and `*.tf.json`, those that override others last. */
export interface Module {
  /** Its folder, absolute. */
  readonly dir: string;
  readonly requiredVersion: readonly string[];
  /** The kind of the state's backend, such as `pg`; `null` for a local file. */
  readonly backend: string | null;
  /** By local name. */
  readonly providers: Readonly<Record<string, { readonly source: string | null; readonly version: string | null }>>;
  readonly variables: readonly Variable[];
  readonly outputs: readonly {
    readonly name: string;
    readonly description: string | null;
    readonly sensitive: boolean;
    readonly file: string;
    readonly line: number;
  }[];
  readonly modules: readonly {
    readonly name: string;
    readonly source: string | null;
    readonly version: string | null;
    readonly file: string;
    readonly line: number;
  }[];
  /** Addresses, such as `data.http.mirror`. */
  readonly resources: readonly string[];
}

/** A value that differs. */
export interface AttributeChange {
  /** Such as `disks[0].size`. */
  readonly path: string;
  /** `null` where there is none, and where it is sensitive. */
  readonly before: unknown;
  /** As `before`; `null` as well where it is known only when it is applied. */
  readonly after: unknown;
  readonly unknown: boolean;
  readonly sensitive: boolean;
  /** Whether this is why the resource is made anew. */
  readonly replaces: boolean;
}

/** What happens to a resource. */
export interface Change {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly action: 'create' | 'update' | 'replace' | 'delete' | 'read' | 'forget';
  /** Terraform's word for why, such as `replace_because_tainted`. */
  readonly reason: string | null;
  readonly attributes: readonly AttributeChange[];
}

/** How work is ended before it is done. */
export interface Ending {
  /**
   * Aborted, it ends the work: Terraform finishes what it does with a resource and writes its state, for which it gets two minutes. The
   * recipe goes on at once; the run does not end before Terraform has.
   */
  signal?: AbortSignal;
  /** How long it may take, before it is ended in the same way with `process.timed-out`; default: as long as it likes. */
  timeout?: Duration;
}

/** How long a run may wait, and how much it does at once. */
export interface Limits extends Ending {
  /** Operations at once; default 10. */
  parallelism?: number;
  /** How long another run's lock is waited for; default: not at all. */
  lockTimeout?: Duration;
}

export interface PlanOptions extends Limits {
  /** By name. A value that does not fit the declared type is refused before anything is run; a name that is not declared, too. */
  variables?: Record<string, unknown>;
  /** Plans to take all away; default `false`. */
  destroy?: boolean;
  /** Plans to take over into the state what was changed outside; default `false`. */
  refreshOnly?: boolean;
  /** Whether the real resources are asked first; default `true`. */
  refresh?: boolean;
  /** Only these addresses and what they need. */
  targets?: string[];
  /** Addresses of what is made anew. */
  replace?: string[];
}

/** What was done. */
export interface Applied {
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
  readonly imported: number;
  /** Warnings. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What Terraform would do. Sensitive values are not in it, nor in errors and events: they are masked as Terraform marks them, and
 * wherever they turn up again. It can be applied in the run that made it, once: in the result of a step that
 * is resumed it is only data.
 */
export interface Plan {
  /** Whether there is anything to do. */
  readonly changed: boolean;
  readonly changes: readonly Change[];
  /** What was changed outside of Terraform. */
  readonly drift: readonly Change[];
  readonly outputs: readonly {
    readonly name: string;
    readonly action: 'create' | 'update' | 'delete';
    readonly sensitive: boolean;
    readonly unknown: boolean;
    readonly before: unknown;
    readonly after: unknown;
  }[];
  /** Warnings. */
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Applies exactly this plan. Events `terraform.apply-start`, `terraform.apply-complete` and their like tell what happens meanwhile.
   *
   * A recipe that is stopped has Terraform finish what it does with a resource and write its state, for two minutes at most; a second
   * Ctrl-C ends it at once.
   *
   * @throws `terraform.plan-gone` when it was applied before, or made in another run.
   * @throws `terraform.failed` with what Terraform says in `details.diagnostics`, also when the state has changed since. What was done
   *   until then stands in the state: `details.done` and `details.failed` (each `{ address, action }`), and in `details.left` the
   *   addresses that are not done, or not to their end.
   * @throws `terraform.locked`
   * @permission terraform: write
   */
  apply(options?: Limits): Promise<Applied>;
}

/** A resource in the state. */
export interface StateResource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  /** Whether the next apply makes it anew. */
  readonly tainted: boolean;
  /** By the names that its provider gives them. A sensitive value is `null`. */
  readonly values: Readonly<Record<string, any>>;
  /** What is `null` because it is sensitive, such as `users[0].password`. */
  readonly sensitive: readonly string[];
}

/** What tests found. */
export interface TestResult {
  readonly status: TestStatus;
  /** Runs that did what they claim; so the other counts. */
  readonly passed: number;
  readonly failed: number;
  readonly errored: number;
  readonly skipped: number;
  readonly files: readonly {
    /** In the module's folder. */
    readonly path: string;
    readonly status: TestStatus;
    readonly runs: readonly { readonly name: string; readonly status: TestStatus; readonly diagnostics: readonly Diagnostic[] }[];
  }[];
  /** Those that belong to no run. */
  readonly diagnostics: readonly Diagnostic[];
}

export type TestStatus = 'pass' | 'fail' | 'error' | 'skip' | 'pending';

/** A program that Hearth installed. */
export interface InstalledProgram {
  readonly product: 'terraform' | 'opentofu';
  readonly version: string;
  /** Whether it is the one that is run where a connection names none. */
  readonly selected: boolean;
  /** Where it lies; only this module may use that. */
  readonly folder: string;
  /** Of its archive. */
  readonly sha256: string;
  /** The fingerprint of the key that signed its checksums. */
  readonly signedBy: string;
  /** The address of its archive. */
  readonly from: string;
  /** When it was installed. */
  readonly installed: string;
}

/** Terraform in the folder of a root module. Making it asks nothing. */
export interface Terraform {
  /**
   * @throws `terraform.missing` when neither program is there; `terraform.not-installed` when the `version` of the connection is not.
   * @permission terraform: read
   */
  version(): Promise<{ readonly version: string; readonly platform: string }>;
  /**
   * Installs a program in Hearth's data, beside other versions; nothing happens where it is there. Its maker's signature of the
   * checksums, and the checksum, are checked before anything is unpacked. A connection names a `mirror`, and the file with another
   * `key`. What fails leaves nothing.
   *
   * @param which.version All three numbers, such as `1.11.4`.
   * @param which.opentofu Whether it is OpenTofu; default `false`.
   * @throws `terraform.version-wrong`, `terraform.not-had`, `terraform.signature-wrong`, `terraform.no-checksum`, `terraform.checksum-wrong`,
   *   `terraform.archive-wrong`, `terraform.too-large`, `terraform.key-not-read`, `terraform.not-for-this-machine`
   * @permission terraform: write, and `net` of the maker's hosts and of those that they send to; a mirror that a connection names needs no more
   */
  install(which: { version: string; opentofu?: boolean; signal?: AbortSignal }): Promise<Omit<InstalledProgram, 'selected' | 'installed'> & { readonly changed: boolean }>;
  /**
   * The programs that were installed; the one first that is run where a connection names none.
   *
   * @permission terraform: read
   */
  installed(): Promise<readonly InstalledProgram[]>;
  /**
   * Removes a program that was installed.
   *
   * @returns whether there was one
   * @throws `terraform.version-wrong`
   * @permission terraform: write
   */
  uninstall(version: string, options?: { opentofu?: boolean }): Promise<boolean>;
  /**
   * Reads the module's files; needs no program.
   *
   * @throws `terraform.folder-missing`, `terraform.no-module`, `terraform.syntax`
   * @permission terraform: read, and `read` of the folder
   */
  module(): Promise<Module>;
  /**
   * Values for all that the module needs: those given, and for variables without one what the person on the terminal answers. They are
   * asked with their descriptions and types until the answer fits; sensitive ones are not shown while they are typed, and are Secrets.
   * Needs no program.
   *
   * @throws `terraform.variable-missing` with `details.variables`, where nobody can be asked
   * @throws `terraform.variable-unknown`, `terraform.variable-value` for what is given
   * @permission terraform: read, and `read` of the folder
   * @example
   * const variables = await infra.collect({ password: await secret('infra/password') });
   * await (await infra.plan({ variables })).apply();
   */
  collect(given?: Record<string, unknown>): Promise<Record<string, unknown>>;
  /**
   * Fetches what the module needs: providers, modules, the backend. Returns warnings.
   *
   * @param options.upgrade Takes newer versions than the lock file has; default `false`.
   * @param options.reconfigure Forgets how the backend was configured; default `false`.
   * @param options.migrateState Copies the state to a changed backend; default `false`.
   * @param options.backendConfig Settings of the backend that the module leaves open, beside `backend`. Terraform keeps them in `.terraform` in
   *   clear, so Secrets are refused.
   * @throws `terraform.failed`
   * @permission terraform: write
   */
  init(
    options?: Ending & {
      upgrade?: boolean;
      reconfigure?: boolean;
      migrateState?: boolean;
      backendConfig?: Record<string, string | number | boolean>;
    },
  ): Promise<readonly Diagnostic[]>;
  /**
   * Whether the module is right. It must have been initialized.
   *
   * @permission terraform: read
   */
  validate(): Promise<{ readonly valid: boolean; readonly diagnostics: readonly Diagnostic[] }>;
  /**
   * What would be done.
   *
   * @throws `terraform.variable-unknown`, `terraform.variable-value`
   * @throws `terraform.failed`, `terraform.locked`
   * @permission terraform: write, and `read` and `write` of the folder
   */
  plan(options?: PlanOptions): Promise<Plan>;
  /**
   * Takes away all that the state has, or `targets`.
   *
   * @throws as `plan` and `Plan.apply`
   * @permission terraform: write, and `read` and `write` of the folder
   */
  destroy(options?: Limits & { variables?: Record<string, unknown>; targets?: string[] }): Promise<Applied>;
  /**
   * The outputs by name. A sensitive one is a Secret: of a text, or of JSON.
   *
   * @permission terraform: read
   */
  output(): Promise<Record<string, unknown>>;
  /**
   * Takes into the state what was changed outside, and changes nothing else. `drift` and `outputs` say what that was.
   *
   * @throws as `plan` and `Plan.apply`
   * @permission terraform: write, and `read` and `write` of the folder
   */
  refresh(
    options?: Limits & { variables?: Record<string, unknown>; targets?: string[] },
  ): Promise<{ readonly changed: boolean; readonly drift: readonly Change[]; readonly outputs: Plan['outputs'] }>;
  /**
   * Takes a resource that there is already into the state. It must stand in the module's files.
   *
   * @param id by which its provider knows it
   * @throws `terraform.failed`, `terraform.locked`, `terraform.option-value`
   * @permission terraform: write, and `read` and `write` of the folder
   */
  import(address: string, id: string, options?: Limits & { variables?: Record<string, unknown> }): Promise<void>;
  /**
   * The resources in the state with their values.
   *
   * @permission terraform: read
   */
  show(): Promise<readonly StateResource[]>;
  /**
   * Runs the module's tests (`*.tftest.hcl`). They make what they need for real and take it away again. A test that fails is a result
   * and no error.
   *
   * @param options.files Paths in the module; default: all.
   * @throws `terraform.failed` when the tests cannot be run; `terraform.variable-unknown`, `terraform.variable-value`
   * @permission terraform: write, and `read` and `write` of the folder
   */
  test(options?: Ending & { files?: string[]; variables?: Record<string, unknown> }): Promise<TestResult>;
  /**
   * The resources of the module, and an edge from each to what it needs.
   *
   * @permission terraform: read
   */
  graph(): Promise<{ readonly nodes: readonly string[]; readonly edges: readonly { readonly from: string; readonly to: string }[] }>;
  /**
   * The providers that the module's lock file names.
   *
   * @permission terraform: read
   */
  providers(): Promise<readonly { readonly source: string; readonly version: string }[]>;
  /**
   * Takes away a lock that nobody holds any more. Its id is in `details.lock` of `terraform.locked`. The lock of a local state goes with
   * its process and that of one in PostgreSQL with its connection: these cannot be taken away.
   *
   * @throws `terraform.failed`, `terraform.option-value`
   * @permission terraform: write
   */
  unlock(id: string, options?: Ending): Promise<void>;
  readonly state: {
    /**
     * The resources in the state, without their values.
     *
     * @permission terraform: read
     */
    list(): Promise<
      readonly {
        readonly address: string;
        readonly mode: 'managed' | 'data';
        readonly type: string;
        readonly name: string;
        readonly provider: string;
      }[]
    >;
    /**
     * One resource with its values.
     *
     * @throws `terraform.not-in-state`
     * @permission terraform: read
     */
    show(address: string): Promise<StateResource>;
    /**
     * Gives a resource or a module another address. What it stands for stays as it is.
     *
     * @throws `terraform.failed` when there is no such thing; `terraform.locked`, `terraform.option-value`
     * @permission terraform: write
     */
    mv(from: string, to: string, options?: Ending & { lockTimeout?: Duration }): Promise<void>;
    /**
     * Forgets resources. What they stand for stays as it is.
     *
     * @throws as `mv`
     * @permission terraform: write
     */
    rm(addresses: string | string[], options?: Ending & { lockTimeout?: Duration }): Promise<void>;
    /**
     * The whole state as JSON, in which secrets stand in clear; `null` where there is none yet.
     *
     * @permission terraform: read
     */
    pull(): Promise<Secret | null>;
    /**
     * Puts a state in the place of the one that is there, which is kept in a file of mode 0600 beside the module.
     *
     * @param state As `pull` gives it.
     * @param options.timeout For reading the old state, and again for writing the new one.
     * @param options.force Whether also an older one, or one of another history; default `false`.
     * @returns `backup`: that file; `null` where there was no state.
     * @throws `terraform.option-value` when it is no state; `terraform.failed`, `terraform.locked`
     * @permission terraform: write, and `write` of the folder
     */
    push(state: Secret | string, options?: Ending & { force?: boolean; lockTimeout?: Duration }): Promise<{ readonly backup: string | null }>;
  };
  /** States beside each other. These verbs are about the selected one of the folder, whatever `workspace` says. */
  readonly workspaces: {
    /** @permission terraform: read */
    list(options?: Ending): Promise<readonly { readonly name: string; readonly selected: boolean }[]>;
    /**
     * Makes one and selects it.
     *
     * @throws `terraform.failed` when it is there; `terraform.option-value`
     * @permission terraform: write
     */
    create(name: string, options?: Ending): Promise<void>;
    /**
     * @param options.create Makes it where it is not there; default `false`.
     * @throws `terraform.failed` when it is not there; `terraform.option-value`
     * @permission terraform: write
     */
    select(name: string, options?: Ending & { create?: boolean }): Promise<void>;
    /**
     * Deletes one that is not selected.
     *
     * @param options.force Also with resources in its state, which are nobody's then; default `false`.
     * @throws `terraform.failed`, `terraform.option-value`
     * @permission terraform: write
     */
    delete(name: string, options?: Ending & { force?: boolean }): Promise<void>;
  };
}

/**
 * Terraform in a folder. A name alone is that of a connection.
 *
 * @param options.dir The folder of the root module; default: where Hearth was started.
 * @param options.workspace One that there is; default: the selected one.
 * @param options.backend Settings of the state's backend that the module leaves open, as the backend names them. Credentials (`conn_str` of
 *   `pg`; `username` and `password` of `http`; `access_key`, `secret_key` and `token` of `s3`; and those of `azurerm`, `gcs`, `consul` and
 *   `kubernetes`) may be Secrets and go by the environment of every run; the rest is told to `init`, which keeps it in `.terraform` in clear.
 *   `terraform.no-backend` where the module names none; `terraform.option-value` for a Secret that would stand in a file.
 * @param options.env Variables for the program, beside yours: credentials, which may be Secrets.
 * @param options.connection The name of a connection that says which program it is, or where one is installed from.
 * @example
 * const infra = terraform({ dir: 'infra' });
 * await infra.init();
 * const plan = await infra.plan({ variables: { size: 3 } });
 * if (plan.changed) await plan.apply();
 */
export function terraform(
  options?:
    | string
    | {
        dir?: string;
        workspace?: string;
        backend?: Record<string, string | number | boolean | Secret>;
        env?: Record<string, string | Secret>;
        connection?: string;
      },
): Terraform;

/** A module that was found. */
export interface FoundModule {
  /** From the folder on in which was searched; `.` is the folder itself. */
  readonly path: string;
  /** Whether it is one to apply: no other one that was found calls it, or it says where its state is. */
  readonly root: boolean;
  /** What it declares; `null` where it cannot be read. */
  readonly module: Module | null;
  /** Why it cannot be read. */
  readonly problem: string | null;
}

/**
 * The modules in a folder and below it, by their paths. Hidden folders, `node_modules` and links are left out. Needs no program.
 *
 * @param options The folder, or what says it; default: where Hearth was started.
 * @throws `terraform.folder-missing`, `terraform.too-deep` beyond 20 levels and 10,000 folders
 * @permission terraform: read, and `read` of the folder
 * @example (await modules('infra')).filter(({ root }) => root).map(({ path }) => path)
 */
export function modules(options?: string | { dir?: string; connection?: string }): Promise<readonly FoundModule[]>;

/** Modules that were fetched. */
export interface FetchedModules {
  /** As it was asked for. */
  readonly source: string;
  /** Which version of a registry's it is; `null` of other sources. */
  readonly version: string | null;
  /** Which commit it is; `null` where no git was at work. */
  readonly commit: string | null;
  /** The module and those below it. `module.dir` is the source of each, since nothing of them is kept. */
  readonly modules: readonly FoundModule[];
}

/**
 * Modules that stand elsewhere: in a repository of git, in a registry, in an archive. Terraform itself fetches them, as `init` would, with
 * your credentials and settings (git's, `TF_TOKEN_…`, `TF_CLI_CONFIG_FILE`), and what they call besides; no provider is. Links in them are not
 * followed, and nothing of them stays. Nobody is asked for a password.
 *
 * @param source As a `module` block has it: `git::https://git.lan/modules.git//vm?ref=v1.2.0`, `namespace/name/provider`. A path of this
 *   machine is refused, and one with a password in it.
 * @param options.version Which versions of a registry's will do, such as `~> 5.0`; default: the newest.
 * @throws `terraform.failed` with what Terraform says; `terraform.option-value`, `terraform.leads-outside`, `terraform.missing`
 * @permission terraform: write
 * @example (await fetchModules('hearth/vm/proxmox', { version: '~> 5.0' })).modules.map(({ path }) => path)
 */
export function fetchModules(source: string, options?: Ending & { version?: string; connection?: string }): Promise<FetchedModules>;

/**
 * What Terraform computes: a value of a resource, a variable, a call. In texts it is used with `interpolate`; as a text itself it is
 * refused, since it would be none to Terraform.
 */
export interface Expression {
  /**
   * What is in it: `disk.at('output', 'size')`, `names.at(0)`. Of what was made with `forEach` the first name is the key of an instance.
   */
  at(...names: (string | number | Expression)[]): Expression;
}

/** A value of JSON with expressions in it. Texts stay what they are: `${` has no meaning in them. Secrets are refused. */
export type Value = unknown;

/** A reference, or an address such as `module.web.terraform_data.disk`. */
export type Address = Expression | string;

/** A rule, and what is said where it is not met. */
export interface Condition {
  condition: Expression;
  message: string | Expression;
}

/** What Terraform itself understands of a data source. */
export interface DataMeta {
  /** How many there are. */
  count?: number | Expression;
  /** One for each: texts, or an object by key. `each.key` and `each.value` are expressions then. */
  forEach?: readonly string[] | Readonly<Record<string, Value>> | Expression;
  /** What `provider` returned; default: the one without an alias. */
  provider?: Address;
  dependsOn?: readonly Address[];
  lifecycle?: {
    createBeforeDestroy?: boolean;
    preventDestroy?: boolean;
    /** Attributes, such as `tags` or `initialization[0].user_account`. */
    ignoreChanges?: 'all' | readonly string[];
    replaceTriggeredBy?: readonly Address[];
    preconditions?: readonly Condition[];
    postconditions?: readonly Condition[];
  };
}

/** What Terraform itself understands of a resource. */
export interface ResourceMeta extends DataMeta {
  /** By their kinds: `[{ 'local-exec': { command: 'true' } }]`. */
  provisioners?: readonly Readonly<Record<string, Value>>[];
}

/** What stands beside the module. */
export interface FilesOptions {
  /** Values for `terraform.tfvars.json`; they have to fit what the module declares. Secrets are refused: give them to `plan`. */
  variables?: Record<string, unknown>;
  /** Whether there is a `Makefile` for people without Hearth; default `true`. */
  makefile?: boolean;
}

/** What became of the files of a module. */
export interface Written {
  /** The folder, as it was given. */
  readonly dir: string;
  readonly changed: boolean;
  readonly files: readonly { readonly name: string; readonly change: 'created' | 'updated' | 'removed' | 'unchanged' }[];
}

/** A module on its way. Names have letters, digits, `_` and `-`; what is declared twice is refused. */
export interface Configuration {
  /** The versions that it needs. */
  require(wanted: { terraform?: string; providers?: Record<string, { source: string; version?: string }> }): Configuration;
  /** Where its state is; nothing is computed there. Credentials belong into the environment, or to `init({ backendConfig })`. */
  backend(kind: string, settings?: Record<string, unknown>): Configuration;
  /** A provider's settings; what it returns is for `provider` and `providers`. */
  provider(name: string, settings?: Record<string, Value> & { alias?: string }): Expression;
  /** A variable; without a `default` it must be given. */
  variable(
    name: string,
    more?: {
      /** As Terraform has it: `list(object({ size = number }))`. */
      type?: string;
      description?: string;
      default?: unknown;
      sensitive?: boolean;
      nullable?: boolean;
      ephemeral?: boolean;
      validations?: readonly Condition[];
    },
  ): Expression;
  local(name: string, value: Value): Expression;
  data(type: string, name: string, args?: Record<string, Value>, meta?: DataMeta): Expression;
  /** A resource. A block that may stand there several times is a list of objects. */
  resource(type: string, name: string, args?: Record<string, Value>, meta?: ResourceMeta): Expression;
  /** A call of another module. */
  module(
    name: string,
    source: string,
    inputs?: Record<string, Value>,
    more?: Pick<DataMeta, 'count' | 'forEach' | 'dependsOn'> & { version?: string; providers?: Record<string, Address> },
  ): Expression;
  output(
    name: string,
    value: Value,
    more?: { description?: string; sensitive?: boolean; ephemeral?: boolean; dependsOn?: readonly Address[] },
  ): Configuration;
  /** What was at an address, and is at another now. */
  moved(from: Address, to: Address): Configuration;
  /** What is there already, and is taken over. */
  import(to: Address, id: string | Expression, more?: { provider?: Address }): Configuration;
  /** What is no longer the module's. */
  removed(from: Address, more?: { /** Default `true`. */ destroy?: boolean }): Configuration;
  /** The texts of its files, by name. Needs no grant. */
  files(options?: FilesOptions): Record<string, string>;
  /**
   * Writes the files, and takes away those that an earlier call wrote and this one does not. The folder is made where there is none. The
   * same configuration makes the same bytes.
   *
   * @param options.connection The connection of which the grant is asked; default: the configured one.
   * @throws `terraform.file-foreign` for a file of this name that Hearth did not make
   * @permission terraform: write, and `read` and `write` of the folder
   */
  write(dir: string, options?: FilesOptions & { connection?: string }): Promise<Written>;
}

/**
 * A module in Terraform's JSON syntax, made of values.
 *
 * @throws `terraform.option-value` where something is no value of Terraform, with its place
 * @example
 * const c = configuration();
 * const size = c.variable('size', { type: 'number', default: 2 });
 * const disk = c.resource('terraform_data', 'disk', { input: { size } });
 * c.output('size', disk.at('output', 'size'));
 * await c.write('infra');
 */
export function configuration(): Configuration;

/**
 * An expression in Terraform's own language, in one line.
 *
 * @throws `terraform.syntax` for what ends early, or never
 * @example expression('length(var.disks) > 0')
 */
export function expression(text: string): Expression;

/**
 * A call of one of Terraform's functions, with values for arguments.
 *
 * @example call('join', ',', names)
 */
export function call(name: string, ...args: Value[]): Expression;

/**
 * A text with expressions in it.
 *
 * @example interpolate`vm-${name}`
 */
export function interpolate(parts: TemplateStringsArray, ...values: (Expression | string | number | boolean)[]): Expression;
