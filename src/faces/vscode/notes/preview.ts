const LINES = 12;
const CHARACTERS = 700;
/** `[[target][what is read]]` and `[[target|what is read]]`. */
const DESCRIBED = /\[\[[^[\]|]*(?:\]\[|\|)([^[\]]*)\]\]/g;

/** The first lines of a note's text that say something: without its drawers, keywords, frontmatter and title. */
export function beginning(content: string, title: string): string {
  const body = content
    .slice(0, 20_000)
    .replace(/^\ufeff?---[ \t]*\r?\n[\s\S]*?^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/m, (front) => (content.startsWith(front) ? '' : front))
    .replace(/^[ \t]*:PROPERTIES:[ \t]*\r?\n(?:[ \t]*:\S+:.*\r?\n)*?[ \t]*:END:[ \t]*(?:\r?\n|$)/gim, '');
  const isTitle = (line: string) => /^[*#]+[ \t]+(.*)$/.exec(line)?.[1]?.trim() === title;
  const lines = body.split(/\r?\n/).filter((line) => !/^[ \t]*#\+\w+:/.test(line) && !isTitle(line));
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) return '';
  const shown = lines.slice(first, first + LINES).join('\n').trimEnd().replace(DESCRIBED, '$1');
  const isCut = shown.length > CHARACTERS || lines.slice(first + LINES).some((line) => line.trim() !== '');
  return shown.slice(0, CHARACTERS).replace(/[\ud800-\udbff]$/, '').trimEnd() + (isCut ? ' …' : '');
}
