/**
 * `npm test`: everything that can fail, ending with `N passed, N failed`.
 * Arguments choose suites by name: `npm test -- fast editor`.
 */
import { build, editor, fast, finish, inTurn, lint, slow, together, types } from './suites.ts';

const suites = { types, lint, build, fast, slow, editor };

const chosen = process.argv.slice(2);
const isSuite = (name: string): name is keyof typeof suites => name in suites;
const unknown = chosen.filter((name) => !isSuite(name));
if (unknown.length > 0) {
  console.error(`no such suite: ${unknown.join(', ')}. There are: ${Object.keys(suites).join(', ')}`);
  process.exit(2);
}
const everything = inTurn(together(lint, types), build, fast, together(editor, slow));
finish(await (chosen.length === 0 ? everything : inTurn(...chosen.filter(isSuite).map((name) => suites[name])))(process.stdout));
