import type { CatalogueImage, ImageFilter } from 'hearth:images';

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
}
