/** Language models: the port, questions whose answer is checked, and fenced material. */
export { askFor, type Checked, type Question, type Reading } from './askFor.ts';
export { excerpt, firstCharacters, newFence, type Fence } from './fence.ts';
export type { LanguageModel, ModelAnswer, ModelRequest } from './model.ts';
