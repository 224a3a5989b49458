/** What a terminal's pane shows: which program runs there and, by rules that are data, what an agent does. */
import { noRules, withRules } from './rules.ts';
import shipped from './rules.json' with { type: 'json' };

export { addLook, type Look } from './evidence.ts';
export { emojiOf, programOf, readScreen, readTitle, type Pane, type PaneProgram, type RuleSays } from './read.ts';
export { withRules, type PaneKind, type ScreenRules } from './rules.ts';

/** The rules that come with Wheelhouse; `withRules` puts a user's over them. */
export const shippedRules = withRules(noRules, shipped);
