/**
 * Texts with places for values, for configuration files; there at once, without `await`. The
 * language is the well-known part of Jinja, and nothing of a template is ever executed: the
 * module's page has it whole. Needs no permission.
 *
 * @example
 * import { template } from 'hearth:template';
 * export default ({ log }) => {
 *   log.info(template.render('server {{ name }}:{{ port | default(80) }}', { name: 'web' }));
 * };
 */
export const template: {
  /**
   * The template with the values filled in.
   *
   * @param data What is JSON.
   * @param options.name What errors call the template, such as its file.
   * @throws `template.syntax`, `template.missing`, `template.not-a-text`, `template.wrong-value`,
   *   `template.too-large`: each with `details.line`, `details.column` and `details.excerpt`
   */
  render(text: string, data?: unknown, options?: { name?: string }): string;

  /**
   * A text written indented among code: without the first empty line and the white space that all
   * lines begin with. Values of several lines stay in their column.
   */
  dedent(strings: TemplateStringsArray, ...values: unknown[]): string;
  dedent(text: string): string;
};
