/** `[[wor|`: what is typed of a link so far, and the brackets that the editor closed by itself. */
export function openLink(before: string, after: string): { readonly typed: string; readonly from: number; readonly closing: number } | undefined {
  const match = /\[\[(?:id:)?([^[\]|]*)$/.exec(before);
  if (!match) return undefined;
  return { typed: match[1] ?? '', from: match.index, closing: /^\]{0,2}/.exec(after)?.[0].length ?? 0 };
}
