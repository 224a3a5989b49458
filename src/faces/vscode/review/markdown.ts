/**
 * Makes any text safe to stand in Markdown: it is shown as it is, and no part of it becomes a link, a
 * heading or a command. Markdown lets every ASCII punctuation character be escaped.
 */
export function plain(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => {
      const indent = /^\s*/.exec(line)?.[0] ?? '';
      return '&nbsp;'.repeat(indent.replace(/\t/g, '    ').length) + line.slice(indent.length).replace(/[!-/:-@[-`{-~]/g, '\\$&');
    })
    .join('  \n')
    .replace(/(?: {2}\n){2,}/g, '\n\n');
}

/** A block of code. The fence is longer than any that the code holds. */
export function codeBlock(code: string, language: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language.replace(/[^\w+#-]/g, '')}\n${code}\n${fence}`;
}
