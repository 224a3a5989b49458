/** The text of a template: `{{name}}` is a slot, `{{{{` stands for two braces. People edit it as they like. */

const SLOT = /(\{{4})|\{\{\s*([\p{L}_][\p{L}\p{N}_ -]{0,39}?)\s*\}\}/gu;

/** Text that is to stay as it is, for a template. */
export function literal(text: string): string {
  return text.replaceAll('{{', '{{{{');
}

/** The names of the slots, each once, in the order of their first place. */
export function slotsOf(template: string): string[] {
  return [...new Set(Array.from(template.matchAll(SLOT), ([, , name]) => name).filter((name) => name !== undefined))];
}

/** The text with values in the slots; a slot without a value stays, so that one sees what is missing. */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(SLOT, (slot: string, braces: string | undefined, name: string | undefined) => {
    if (braces !== undefined) return '{{';
    return name !== undefined && Object.hasOwn(values, name) ? (values[name] ?? slot) : slot;
  });
}
