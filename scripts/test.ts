/**
 * `npm test`: everything that can fail, ending with `N passed, N failed`.
 * Arguments choose suites by name: `npm test -- fast editor`.
 */
import { finish, runBuild, runEditorTests, runFastTests, runLint, runSlowTests, runTypes, type Outcome } from './suites.ts';

const suites: Record<string, () => Promise<Outcome[]>> = {
  types: runTypes,
  lint: async () => [await runLint()],
  build: async () => [await runBuild()],
  fast: async () => [await runFastTests()],
  slow: async () => [await runSlowTests()],
  editor: async () => [await runEditorTests()],
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in suites));
if (unknown.length > 0) {
  console.error(`no such suite: ${unknown.join(', ')}. There are: ${Object.keys(suites).join(', ')}`);
  process.exit(2);
}
const outcomes: Outcome[] = [];
for (const [name, run] of Object.entries(suites)) {
  if (chosen.length === 0 || chosen.includes(name)) outcomes.push(...(await run()));
}
finish(outcomes);
