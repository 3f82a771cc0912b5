import type { CatalogueImage, ImageFilter } from 'hearth:images';
import type { VmHandle } from 'hearth:proxmox';

/**
 * The templates of a Proxmox VE: of the default connection, or of a named one. It works through `hearth:proxmox` and
 * `hearth:images`, and needs what these need.
 *
 * @param connection as `proxmox()` takes it
 */
export function templates(connection?: unknown): Templates;

export interface Templates {
  /**
   * The images that a template can be made of, as `images().list` tells them.
   *
   * @permission images: read
   * @example
   * import { templates } from 'hearth:templates';
   * export const recipe = { permissions: { images: 'read' } };
   * export default async () => (await templates().images({ family: 'debian' })).map((image) => image.id);
   */
  images(filter?: ImageFilter): Promise<CatalogueImage[]>;

  /**
   * What there is of a template and what would be done; reads only. Compared is what Proxmox has now, so what somebody
   * changed by hand is a difference too; what the wish does not speak of is not.
   *
   * @throws `templates.not-ours` when a VM of the name is no template of Hearth
   * @throws `templates.unfinished` when another run is building it, or left it half-built
   * @throws `templates.needs-replacing` when only another disk would do, without `replace`
   * @throws `templates.snippets-needed`, `templates.image-packed`, `templates.name`
   * @throws `proxmox.node-not-found`, `proxmox.storage-not-found`, `proxmox.storage-content`, `proxmox.bridge-not-found`,
   *     `proxmox.vm-exists` when the node lacks what is needed
   * @permission proxmox: read
   */
  plan(wish: Wish, options?: PlanOptions): Promise<TemplatePlan>;

  /**
   * Builds a template, changes what can be changed of the one that is there, or replaces it; what is as wished is left
   * alone. What fails leaves everything as it was, or says what it had to leave and what to type.
   *
   * @param options.step the recipe's own `step`, so that each step is journaled under its name (`create the VM`), found
   *     again after a crash and undone with the run; wrap it to give the names a beginning of their own. Without it the steps
   *     are taken back here, and a run that is killed leaves what it has made
   * @returns `before` and `after`: which VM was and is the template; `differences` for people: `memory 2048 -> 4096`
   * @throws what `plan` throws
   * @throws `templates.built-elsewhere` when two runs build the same; the other goes on
   * @throws `templates.disk-too-small` when the image itself is larger
   * @permission proxmox: write
   * @example
   * import { templates } from 'hearth:templates';
   * export const recipe = { permissions: { proxmox: 'write', images: 'read' }, onError: 'undo' };
   * export default ({ step }) =>
   *   templates().ensure({ name: 'debian-13', image: 'debian-13', node: 'pve', storage: 'local-lvm', agent: false }, { step });
   */
  ensure(wish: Wish, options?: EnsureOptions): Promise<Ensured>;

  /** All templates that Hearth made, by id: current and retired ones, and those that are being built. @permission proxmox: read */
  list(): Promise<ListedTemplate[]>;

  /** A template by its name; making the handle asks nobody. */
  template(name: string): TemplateHandle;
}

/** How a plan is made. */
export interface PlanOptions {
  /** Whether what needs another disk is built anew and takes the place of what is there; default `false`. */
  readonly replace?: boolean;
  /** The id of a new VM; default: the next free one. */
  readonly vmid?: number;
  /** Where vendor data goes, which Proxmox does not take through its API. */
  readonly snippets?: { readonly storage: string; readonly host: string };
}

export interface EnsureOptions extends PlanOptions {
  readonly step?: <T>(name: string, work: () => T, options?: object) => Promise<Awaited<T>>;
}

/** What is to be done; as a run journals it. */
export interface TemplatePlan {
  readonly name: string;
  readonly action: 'none' | 'change' | 'build' | 'replace';
  /** The template that is there. */
  readonly current: Place | null;
  /** In what it differs: `memory 2048 -> 4096`, `packages`. */
  readonly differences: readonly string[];
}

/** A VM by its id and the node it is on. */
export interface Place {
  readonly vmid: number;
  readonly node: string;
}

export interface Ensured extends Place {
  readonly changed: boolean;
  readonly action: TemplatePlan['action'];
  readonly name: string;
  readonly before: Place | null;
  readonly after: Place;
  readonly differences: readonly string[];
}

export interface ListedTemplate extends Place {
  readonly name: string;
  readonly state: 'current' | 'retired' | 'building';
  /** Counted from 1 with each replacement. */
  readonly version: number;
  /** Of the catalogue; `null` for an image of one's own. */
  readonly image: string | null;
  /** UTC, ISO 8601. */
  readonly builtAt: string | null;
}

/**
 * A template by its name. What Hearth made says so in the last line of its notes; nothing without that line is ever
 * deleted or changed, and clones do not count.
 */
export interface TemplateHandle {
  readonly name: string;
  /** The current version; `null` without one. While it is being replaced this is exactly one of the two. @permission proxmox: read */
  find(): Promise<VmHandle | null>;
  /** @throws `templates.not-found` @permission proxmox: read */
  get(): Promise<VmHandle>;
  /**
   * Deletes all versions of it, half-built ones too; `false` when there was none.
   *
   * @throws `proxmox.template-in-use` when linked clones stand on one
   * @permission proxmox: write
   */
  remove(): Promise<boolean>;
}

/** What a template is to be. */
export interface Wish {
  readonly name: string;
  readonly node: string;
  readonly storage: string;
  readonly image: string | { readonly url?: string; readonly volid?: string; readonly checksum?: string; readonly filename?: string; readonly like?: string };
  readonly [field: string]: unknown;
}
