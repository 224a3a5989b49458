/** The words of prompts by how many prompts have them. */
import type { WordCount } from '../../../src/protocol/timeline.ts';

const common = new Set(
  ('a about after again all also am an and any are as at be because been before being but by can could did do does doing done don dont down each even every few for from get go going good got had has have having he her here hers him his how i if in into is it its just know let like ll look made make many may me might more most much must my need new no not now of off ok okay on one only or other our out over own part please pretty put re really right s same see she should so some something sure t take than that the their them then there these they thing things think this those to too try two under until up us use used using ve very want was way we well were what when where which while who why will with would yes yet you your').split(' '),
);

/** `parse_args`, `JSON`, `useState`, `v2`, `node.js`: words that nobody says at dinner. */
export function isTechnical(word: string): boolean {
  return /[_./\d]/.test(word) || /^[A-Z]{2,}s?$/.test(word) || /[a-z][A-Z]/.test(word) || terms.has(word.toLowerCase());
}

const terms = new Set(
  ('api argument array async await backend bash benchmark boolean branch browser bug build bundle byte cache callback canvas class cli client code commit compile compiler component config constructor container cookie cpu crash css csv database debug debugger decorator dependency deploy deployment diff directory docker dom emacs encoding endpoint enum error event exception extension fetch fixture folder framework frontend function generic git github graph handler hash header hook html http import index inheritance integer interface iterator java javascript json kernel kubernetes lambda latency library linter linux log loop macro makefile memory merge method middleware migration mock module mutex namespace node null object oauth package parser parse patch path performance pipeline plugin pointer port process promise proxy pull push python query queue race react recursion refactor regex regexp release repo repository request response rest rollback route router runtime rust schema script sdk server session shell socket sql sqlite stack state static stderr stdin stdout string struct subprocess syntax tag template terminal test tests thread timeout timestamp tmux token trace transaction tuple type types typescript ui unicode unix url utf variable vector version vim webhook webpack webview websocket workflow xml yaml').split(' '),
);

/** @param limit How many; ties by the alphabet. */
export function wordCounts(texts: Iterable<string>, technical: boolean, limit: number): WordCount[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const seen = new Set<string>();
    for (const [word] of text.matchAll(/[\p{L}_][\p{L}\p{N}_]*(?:[.-][\p{L}\p{N}_]+)*/gu)) {
      if (word.length < 2 || word.length > 40 || (technical && !isTechnical(word))) continue;
      const lower = word.toLowerCase();
      if (!common.has(lower)) seen.add(lower);
    }
    for (const word of seen) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => ({ word, count })).sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1)).slice(0, limit);
}
