import * as z from 'zod';
import { WheelhouseError } from '../../../core/base/errors.ts';
import * as core from '../../../core/cards/index.ts';
import { defineTool, looksOnly, type ToolGroup } from '../tool.ts';
import { exportTool, importTool } from './cardsFiles.ts';
import { bulkReviewTool, quizTool, reviewTool, submitTool } from './cardsQuiz.ts';
import { algorithm, card, cardOut, defined, id, kind, open, overwrites, project, tagList, tags, writes } from './cardsSchemas.ts';

const create = defineTool({
  name: 'flashcard_create',
  title: 'Create a flashcard',
  description: 'Keeps one flashcard for the user to be quizzed on by spaced repetition. Use it when the user wants to remember something. Ask one thing per card; make the answer short. Question and answer are Markdown. {{c1::hidden}} in the question makes a cloze card (no answer needed).',
  input: z.object({
    question: z.string(),
    answer: z.string().default(''),
    project,
    tags,
    notes: z.string().optional().describe('Background that is shown with the answer.'),
    algorithm: algorithm.optional().describe('How it is scheduled; default that of the project, else sm2.'),
    kind: kind.optional().describe('basic; reversed asks both ways; cloze; typed compares what is typed; code.'),
  }),
  output: z.object({ card }),
  annotations: writes,
  run: async ({ tags, algorithm, ...draft }, call) => ({ card: cardOut(await core.createCard(await open(call), { question: draft.question, answer: draft.answer, ...defined({ project: draft.project, notes: draft.notes, kind: draft.kind }), ...tagList(tags) }, defined({ algorithm }))) }),
});

const bulkCreate = defineTool({
  name: 'flashcard_bulk_create',
  title: 'Create many flashcards',
  description: 'Keeps many flashcards at once, as one step that the user can undo. A card that is there already (same question and answer in the same project) is left out. When one card is not acceptable, none is kept.',
  input: z.object({
    cards: z.array(z.object({ question: z.string(), answer: z.string().default(''), tags, notes: z.string().optional(), project, kind: kind.optional() })).min(1).max(10_000),
    project,
    algorithm: algorithm.optional(),
  }),
  output: z.object({ created: z.int(), skipped: z.int().describe('Cards that were there already.'), cards: z.array(card) }),
  annotations: writes,
  run: async ({ cards: drafts, project, algorithm }, call) => {
    const cards = await open(call);
    const { added, left, notes } = await core.keepImported(cards, drafts.map(({ question, answer, tags, ...rest }) => ({ question, answer, ...defined(rest), ...tagList(tags) })), defined({ project, algorithm }));
    return { created: added, skipped: left, cards: (await Promise.all(notes.map((note) => core.showCard(cards, note)))).map(cardOut) };
  },
});

const update = defineTool({
  name: 'flashcard_update',
  title: 'Change a flashcard',
  description: 'Changes the texts, tags or project of a flashcard; what is left out stays. Its schedule stays too.',
  input: z.object({ id, question: z.string().optional(), answer: z.string().optional(), project, tags, notes: z.string().optional() }),
  output: z.object({ card }),
  annotations: overwrites,
  run: async ({ id, question, answer, project, tags, notes }, call) => ({ card: cardOut(await core.updateCard(await open(call), id, { ...defined({ question, answer, project, notes }), ...tagList(tags) })) }),
});

const remove = defineTool({
  name: 'flashcard_delete',
  title: 'Delete a flashcard',
  description: 'Deletes a flashcard. The user can take it back ("wheelhouse cards undo"). Ask the user before you delete what you did not make.',
  input: z.object({ id, force: z.boolean().default(false).describe('Accepted for compatibility; nothing is asked either way.') }),
  output: z.object({ deleted: z.int(), id: z.string() }),
  annotations: overwrites,
  run: async ({ id }, call) => ({ deleted: await core.deleteCards(await open(call), [id]), id }),
});

const list = defineTool({
  name: 'flashcard_list',
  title: 'List flashcards',
  description: 'Lists flashcards, oldest first, with question, answer and schedule; due: only those that could be asked now.',
  input: z.object({ project, tags, limit: z.int().min(1).max(1000).default(50), due: z.boolean().default(false), format: z.enum(['json', 'table', 'org']).optional().describe('Accepted for compatibility; the answer is always structured.') }),
  output: z.object({ cards: z.array(card) }),
  annotations: looksOnly,
  run: async ({ project, tags, limit, due }, call) => ({ cards: (await core.listCards(await open(call), { ...defined({ project }), ...tagList(tags), limit, due })).map(cardOut) }),
});

const search = defineTool({
  name: 'flashcard_search',
  title: 'Search flashcards',
  description: 'Finds flashcards that have all the words, in any case. Use it before you create cards, to see what is there.',
  input: z.object({ query: z.string().trim().min(1), project, field: z.enum(['question', 'answer', 'notes', 'all']).default('all'), limit: z.int().min(1).max(1000).default(20) }),
  output: z.object({ cards: z.array(card) }),
  annotations: looksOnly,
  run: async ({ query, project, field, limit }, call) => ({ cards: (await core.searchCards(await open(call), query, { field, limit, ...defined({ project }) })).map(cardOut) }),
});

const projects = defineTool({
  name: 'project_list',
  title: 'List flashcard projects',
  description: 'Lists the projects (decks) of flashcards with the number of cards, and what is due, new and being learned.',
  input: z.object({ stats: z.boolean().default(false).describe('Accepted for compatibility; the counts are always there.') }),
  output: z.object({ projects: z.array(z.looseObject({ project: z.string(), cards: z.int(), due: z.int(), new: z.int(), learning: z.int(), suspended: z.int(), nextDue: z.string().nullable() })) }),
  annotations: looksOnly,
  run: async (_input, call) => ({
    projects: (await core.decks(await open(call))).map((deck) => ({ project: deck.project, cards: deck.total, due: deck.due, new: deck.new, learning: deck.learning, suspended: deck.suspended, nextDue: deck.nextDue === undefined ? null : new Date(deck.nextDue).toISOString() })),
  }),
});

const share = z.number().nullable();
const stats = defineTool({
  name: 'stats_get',
  title: 'Figures of learning',
  description: 'Gives the figures of the user\'s learning: cards by state, answers a day, retention by project and interval, what comes due in 30 days, the hardest cards, and how well each algorithm would have predicted the answers (log loss).',
  input: z.object({ project, period: z.enum(['today', 'week', 'month', 'all']).default('all'), format: z.enum(['json', 'table', 'chart']).optional().describe('Accepted for compatibility; the answer is always structured.') }),
  output: z.looseObject({
    period: z.string(),
    cards: z.looseObject({ total: z.int(), new: z.int(), learning: z.int(), young: z.int(), mature: z.int(), suspended: z.int(), due: z.int() }),
    reviews: z.int(),
    right: z.int(),
    retention: share,
    streak: z.int(),
    days: z.array(z.looseObject({ date: z.string(), reviews: z.int() })),
    forecast: z.array(z.looseObject({ date: z.string(), due: z.int() })),
    predictions: z.array(z.looseObject({ by: z.string(), logLoss: z.number(), reviews: z.int() })),
  }),
  annotations: looksOnly,
  run: async ({ project, period }, call) => {
    const cards = await open(call);
    const figures = await core.cardStats(cards, { period, ...defined({ project }) });
    const { days, forecast, decks, intervals, hardest, ...rest } = figures;
    return { ...rest, days: days.map((day) => ({ ...day })), forecast: [...forecast], decks, intervals, hardest, predictions: (await core.predictions(cards, defined({ project }))).map((prediction) => ({ ...prediction })) };
  },
});

const configure = defineTool({
  name: 'algorithm_configure',
  title: 'Choose how cards are scheduled',
  description: 'Switches a project, or all of them, to another spaced repetition algorithm, for new cards and those that are there. History and due dates stay. Only when the user asks for it.',
  input: z.object({
    type: algorithm,
    project,
    ease_factor: z.number().optional().describe('sm2: easiness of new cards, 1.3-5; default 2.5.'),
    intervals: z.union([z.string(), z.array(z.int())]).optional().describe('leitner: days of each box; fixed: days after each right answer. "1,3,7,14".'),
    boxes: z.int().optional().describe('leitner: 3-10.'),
    retention: z.number().optional().describe('fsrs: 0.7-0.99; default 0.9.'),
  }),
  output: z.looseObject({ algorithm, converted: z.int(), ease: z.number(), boxes: z.int(), intervals: z.array(z.number()), retention: z.number() }),
  annotations: overwrites,
  run: async ({ type, project, ease_factor, intervals, boxes, retention }, call) => {
    const cards = await open(call);
    const days = typeof intervals === 'string' ? intervals.split(',').map((word) => Number(word.trim() === '' ? NaN : word)) : intervals;
    const converted = await core.setAlgorithm(cards, type, project, defined({ ease: ease_factor, intervals: days, boxes, retention }));
    const settings = await core.settingsFor(cards, project);
    return { ...settings, intervals: [...settings.intervals], converted };
  },
});

const reset = defineTool({
  name: 'flashcard_reset',
  title: 'Make flashcards new again',
  description: 'Makes a card new again, or with id "all" every card (of a project); the history is kept for the figures. "all" needs confirm: true, after the user said so.',
  input: z.object({ id: z.string().min(1).describe('The id of a card, or "all".'), project, confirm: z.boolean().default(false) }),
  output: z.object({ reset: z.int() }),
  annotations: overwrites,
  run: async ({ id, project, confirm }, call) => {
    const cards = await open(call);
    const ids = id === 'all' ? (await core.listCards(cards, defined({ project }))).map((one) => one.id) : [id];
    if (id === 'all' && !confirm) throw new WheelhouseError('refused', `This would make ${ids.length} cards new again. Ask the user, then call it with confirm: true.`);
    return { reset: await core.resetCards(cards, ids) };
  },
});

export const cardTools: ToolGroup = {
  instructions: 'Flashcards (spaced repetition, quiz, deck, Anki, SM-2, Leitner, FSRS): what the user wants to remember. flashcard_search before flashcard_create or flashcard_bulk_create. To quiz the user: quiz_get, ask one question at a time without giving the answer away, then quiz_submit_and_next with the user\'s confidence (1-5), until it says that nothing is left.',
  tools: [create, bulkCreate, reviewTool, update, remove, list, quizTool, bulkReviewTool, submitTool, projects, stats, configure, exportTool, importTool, search, reset],
};
