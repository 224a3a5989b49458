/** A row of a quick pick cuts off what is longer than this, with the heading of the list beside it. */
const LONGEST = 66;

/** A text as rows of a quick pick, broken between words. A word that is longer is a row of its own. */
export function rowsOfText(text: string): string[] {
  const rows: string[] = [];
  for (const word of text.split(' ')) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= LONGEST) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(word);
  }
  return rows;
}
