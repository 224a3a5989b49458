import { openCardsAsSet } from '../../../adapters/node/cards/cards.ts';
import type { UserData } from '../../../adapters/node/user-data.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import * as core from '../../../core/cards/index.ts';
import { oneOf, text, texts, type Answer, type Input, type Noun, type Verb } from '../verb.ts';
import { algorithmVerb } from './cardsAlgorithm.ts';
import { bulkCreate, exportTo, importFile } from './cardsFiles.ts';
import { interactiveQuiz, quiz, summaryText } from './cardsQuiz.ts';
import { formatCard, formatCards, formatDecks, formatStats } from './cardsText.ts';

const string = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const list = { type: 'string', multiple: true } as const;
const texted = { project: string, tags: list, notes: string };
const contentOptions = { question: string, answer: string, ...texted };

type Work = (cards: core.CardsContext, input: Input, user: UserData) => Promise<Answer>;

/** A verb on the user's cards. Cards that this command line makes are scheduled by SM-2, as it always was, unless the deck or the user says otherwise. */
function verb(usage: string, summary: string, args: Verb['args'], options: NonNullable<Verb['options']>, work: Work): Verb {
  return {
    usage,
    summary,
    args,
    options,
    run: async (input) => {
      const user = await input.user();
      return work(await openCardsAsSet(user, { algorithm: 'sm2' }), input, user);
    },
  };
}

const given = <K extends string>(input: Input, ...names: readonly K[]) => Object.fromEntries(names.flatMap((name) => (text(input.options[name]) === undefined ? [] : [[name, text(input.options[name])]]))) as Partial<Record<K, string>>;

/** `--tags a,b` and `--tags a --tags b`. */
function tagsOf(input: Input): { tags?: string[] } {
  const tags = input.options['tags'];
  return tags === undefined ? {} : { tags: texts(tags).flatMap((words) => words.split(',')).map((tag) => tag.trim()).filter((tag) => tag !== '') };
}

/** @throws WheelhouseError `usage`. */
function number(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^-?\d+(\.\d+)?$/.test(value.trim())) throw new WheelhouseError('usage', `${name} is a number, not ${JSON.stringify(value)}.`);
  return Number(value);
}

function limitOf(input: Input, usual: number | undefined): { limit?: number } {
  const limit = number('--limit', text(input.options['limit'])) ?? usual;
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1)) throw new WheelhouseError('usage', `--limit is a whole number from 1, not ${limit}.`);
  return limit === undefined ? {} : { limit };
}

function createOptions(input: Input): core.CreateOptions {
  const algorithm = oneOf('algorithm', input.options['algorithm'], core.algorithms);
  return algorithm ? { algorithm } : {};
}

const one = (card: core.Card): Answer => ({ json: core.toJson(card), text: formatCard(card, Date.now()) });
const many = (cards: readonly core.Card[], none: string): Answer => ({ json: cards.map(core.toJson), text: cards.length === 0 ? none : formatCards(cards, Date.now()) });

const create: Work = async (cards, input) => {
  const [question = text(input.options['question']), answer = text(input.options['answer'])] = input.args;
  if (question === undefined) throw new WheelhouseError('usage', 'A card needs a question: cards create --question Q --answer A, or cards new Q A.');
  const kind = oneOf('kind', input.options['kind'], core.cardKinds);
  return one(await core.createCard(cards, { question, answer: answer ?? '', ...given(input, 'project', 'notes'), ...tagsOf(input), ...(kind && { kind }) }, createOptions(input)));
};
const createFlags = { ...contentOptions, algorithm: string, kind: string };
const createUsage = '[--project P] [--tags a,b] [--notes N] [--algorithm sm2|leitner|fixed|fsrs] [--kind basic|reversed|cloze|typed|code]';

const review: Work = async (cards, input) => {
  const [id = '', positional] = input.args;
  const confidence = number('The confidence', positional ?? text(input.options['confidence']));
  if (confidence === undefined) throw new WheelhouseError('usage', 'usage: wheelhouse cards review ID CONFIDENCE, from 1 (forgotten) to 5 (perfect).');
  return answered(await core.reviewCard(cards, id, confidence));
};

function answered({ card, right, leech }: core.CardAnswer): Answer {
  const again = right ? `again in ${core.intervalLabel(card.schedule.interval)}` : 'again in 10 minutes';
  return { json: { ...core.toJson(card), right, leech }, text: `${card.id}: ${right ? 'right' : 'wrong'}, ${leech ? 'suspended, for it was forgotten too often' : again}.` };
}

const bulkReview: Work = async (cards, input) => {
  const reviews = reviewsOf(text(input.options['reviews']) ?? input.args[0] ?? '');
  const answers = await core.reviewCards(cards, reviews);
  return { json: { reviewed: answers.length, cards: answers.map(({ card, right, leech }) => ({ ...core.toJson(card), right, leech })) }, text: answers.map((answer) => answered(answer).text).join('\n') };
};

function reviewsOf(json: string): { id: string; confidence: number }[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // Said below.
  }
  const isReview = (item: unknown): item is { id: string; confidence: number } => typeof item === 'object' && item !== null && typeof (item as { id?: unknown }).id === 'string' && typeof (item as { confidence?: unknown }).confidence === 'number';
  if (!Array.isArray(value) || !value.every(isReview)) throw new WheelhouseError('usage', '--reviews is JSON such as [{"id":"card-20250126-143022","confidence":4}].');
  return value;
}

const submitAndNext: Work = async (cards, input) => {
  const [session = '', card = '', confidence] = input.args;
  const quiz = await core.resumeQuiz(cards, session);
  const rating = number('The confidence', confidence) ?? 0;
  await quiz.take(card);
  const answer = await quiz.answer(rating);
  const next = await quiz.current();
  const summary = await quiz.summary();
  const { total, done } = summary.progress;
  const said = answer.leech ? `${card} was forgotten too often and is suspended.` : answer.right ? 'Right.' : 'Wrong: it comes again.';
  return {
    json: { session, card: core.toJson(answer.card), right: answer.right, again: answer.again, leech: answer.leech, next: next ? core.toJson(next.card) : null, progress: { total, done }, ...(!next && { summary }) },
    text: next ? `${said}\n\nQuestion ${next.number}/${total}: ${next.faces.front}\n  ${next.card.id}` : `${said}\n\n${summaryText(summary, Date.now())}`,
  };
};

const startQuiz: Work = async (cards, input) => {
  const algorithm = oneOf('algorithm', input.options['algorithm'], core.algorithms);
  const options = { ...given(input, 'project'), ...tagsOf(input), ...(algorithm && { algorithm }), ...limitOf(input, 10) };
  return input.options['interactive'] === true ? interactiveQuiz(cards, options, { signal: input.signal, json: input.options['json'] === true }) : quiz(cards, options);
};

const listCards: Work = async (cards, input) => {
  const format = oneOf('format', input.options['format'], ['json', 'table', 'org'] as const) ?? 'table';
  const found = await core.listCards(cards, { ...given(input, 'project'), ...tagsOf(input), ...limitOf(input, 50), ...(input.options['due'] === true && { due: true }) });
  if (format === 'table') return many(found, 'No cards.');
  const json = found.map(core.toJson);
  if (format === 'json') return { json, text: JSON.stringify(json, null, 2) };
  return { json, text: core.exportText(found.map((card) => ({ id: card.id, question: core.facesOf(card).front, answer: core.facesOf(card).back, project: card.project, tags: card.tags, notes: card.notes })), 'org') };
};

const update: Work = async (cards, input) => {
  const edit = { ...given(input, 'question', 'answer', 'project', 'notes'), ...tagsOf(input) };
  if (Object.keys(edit).length === 0) throw new WheelhouseError('usage', 'Say what to change: --question, --answer, --project, --tags or --notes.');
  return one(await core.updateCard(cards, input.args[0] ?? '', edit));
};

const remove: Work = async (cards, input) => {
  const deleted = await core.deleteCards(cards, input.args);
  return { json: { deleted, ids: input.args }, text: `${deleted} ${deleted === 1 ? 'card' : 'cards'} deleted. Take it back with: wheelhouse cards undo` };
};

const reset: Work = async (cards, input) => {
  const [id = ''] = input.args;
  const ids = id === 'all' ? (await core.listCards(cards, given(input, 'project'))).map((card) => card.id) : [...input.args];
  if (id === 'all' && input.options['yes'] !== true) throw new WheelhouseError('refused', `This would make ${ids.length} ${ids.length === 1 ? 'card' : 'cards'} new again. Say --yes if that is meant.`);
  const count = await core.resetCards(cards, ids);
  return { json: { reset: count }, text: `${count} ${count === 1 ? 'card is' : 'cards are'} new again. Take it back with: wheelhouse cards undo` };
};

const suspend = (suspended: boolean): Work => async (cards, input) => {
  const count = await core.changeCards(cards, input.args, { suspended });
  return { json: { changed: count }, text: `${count} ${count === 1 ? 'card' : 'cards'} ${suspended ? 'suspended' : 'asked again'}.` };
};

const search: Work = async (cards, input) => {
  const field = oneOf('field', input.options['field'], ['question', 'answer', 'notes', 'all'] as const);
  return many(await core.searchCards(cards, input.args.join(' '), { ...given(input, 'project'), ...limitOf(input, 20), ...(field && { field }) }), 'No cards with these words.');
};

const decks = async (cards: core.CardsContext): Promise<Answer> => {
  const all = await core.decks(cards);
  return { json: all.map((deck) => ({ ...deck, nextDue: deck.nextDue === undefined ? null : new Date(deck.nextDue).toISOString() })), text: all.length === 0 ? 'No cards yet. Make one with: wheelhouse cards new QUESTION ANSWER' : formatDecks(all, Date.now()) };
};

const projects: Work = async (cards, input) => {
  if (input.options['stats'] === true) return decks(cards);
  const all = await core.decks(cards);
  return { json: all.map(({ project, total }) => ({ project, cards: total })), text: all.length === 0 ? 'No cards yet.' : all.map(({ project, total }) => `${project === '' ? '(no project)' : project}  ${total}`).join('\n') };
};

const stats: Work = async (cards, input) => {
  const period = oneOf('period', input.options['period'], ['today', 'week', 'month', 'all'] as const);
  const format = oneOf('format', input.options['format'], ['json', 'table', 'chart'] as const) ?? 'table';
  const scope = given(input, 'project');
  const [figures, predictions] = [await core.cardStats(cards, { ...scope, ...(period && { period }) }), await core.predictions(cards, scope)];
  const json = { ...figures, predictions };
  return { json, text: format === 'json' ? JSON.stringify(json, null, 2) : formatStats(figures, predictions, format === 'chart') };
};

const undo: Work = async (cards, input) => {
  const undone = await core.undo(cards, input.args[0]);
  return { json: undone, text: `Taken back: ${undone.label}.` };
};

export const cards: Noun = {
  summary: 'flashcards: make them, be quizzed, see what sticks',
  verbs: {
    create: verb(`--question Q --answer A ${createUsage}`, 'Make a card. A question with {{c1::hidden}} makes a card for each number.', [0, 2], createFlags, create),
    new: verb(`QUESTION ANSWER ${createUsage}`, 'Make a card.', [0, 2], createFlags, create),
    'bulk-create': verb('[--file F] [--project P]', 'Make cards from JSON [{"question", "answer", "tags", "notes"}], on standard input or from a file; prose around it does no harm.', [0, 1], { file: string, project: string, algorithm: string, merge: flag }, (cards, input, user) => bulkCreate(input, user, cards, createOptions(input))),
    list: verb('[--project P] [--tags a,b] [--due] [--limit 50] [--format json|table|org]', 'List cards, oldest first.', [0, 0], { project: string, tags: list, limit: string, due: flag, format: string }, listCards),
    show: verb('ID', 'Show a card with its answer and schedule.', [1, 1], {}, async (cards, input) => one(await core.showCard(cards, input.args[0] ?? ''))),
    update: verb('ID [--question Q] [--answer A] [--project P] [--tags a,b] [--notes N]', 'Change a card.', [1, 1], contentOptions, update),
    delete: verb('ID… [--force]', 'Delete cards. "undo" brings them back.', [1, 10_000], { force: flag }, remove),
    suspend: verb('ID…', 'Do not ask these cards any more.', [1, 10_000], {}, suspend(true)),
    resume: verb('ID…', 'Ask suspended cards again.', [1, 10_000], {}, suspend(false)),
    search: verb('WORDS [--project P] [--field question|answer|notes|all] [--limit 20]', 'Cards that have all the words.', [1, 100], { project: string, field: string, limit: string }, search),
    projects: verb('[--stats]', 'The projects (decks) and how many cards they have.', [0, 0], { stats: flag }, projects),
    decks: verb('', 'The decks with what is due, new and being learned.', [0, 0], {}, decks),
    quiz: verb('[--project P] [--tags a,b] [--limit 10] [--algorithm A] [--interactive]', 'What is due now, as questions; --interactive asks them here.', [0, 0], { project: string, tags: list, limit: string, algorithm: string, interactive: flag }, startQuiz),
    review: verb('ID (CONFIDENCE | --confidence N)', 'Rate an answer, from 1 (forgotten) to 5 (perfect); below 3 is wrong.', [1, 2], { confidence: string }, review),
    'bulk-review': verb('--reviews JSON', 'Rate many answers: [{"id", "confidence"}].', [0, 1], { reviews: string }, bulkReview),
    'submit-and-next': verb('SESSION CARD CONFIDENCE', 'Rate a card of a quiz, and get the next.', [3, 3], {}, submitAndNext),
    algorithm: verb('[sm2|leitner|fixed|fsrs | --type T] [--project P] [--ease-factor 2.5] [--intervals 1,3,7] [--boxes 3-10] [--retention 0.9] [--new-per-day N] [--leech N] [--fuzz on|off]', 'Show or change how cards are scheduled: of one project, or of all. Cards keep their history and due dates.', [0, 1], { type: string, project: string, 'ease-factor': string, intervals: string, boxes: string, retention: string, 'new-per-day': string, leech: string, fuzz: string }, algorithmVerb),
    stats: verb('[--project P] [--period today|week|month|all] [--format json|table|chart]', 'Figures: answers a day, retention, what comes due, hardest cards, and how well each algorithm foretold your answers.', [0, 0], { project: string, period: string, format: string }, stats),
    export: verb('[--format json|csv|org|markdown|apkg] [--project P] [--output FILE]', 'Write cards, with schedules and history where the format has room for them.', [0, 1], { format: string, project: string, output: string }, (cards, input, user) => exportTo(input, user, cards)),
    import: verb('FILE [--format json|csv|org|markdown|apkg] [--project P] [--merge]', 'Read cards from a file; --merge updates those that are there already.', [1, 1], { format: string, project: string, merge: flag, algorithm: string }, (cards, input, user) => importFile(input, user, cards, createOptions(input))),
    reset: verb('ID…|all [--project P] [--yes]', 'Make cards new again.', [1, 10_000], { project: string, yes: flag }, reset),
    undo: verb('[OPERATION]', 'Take back what was done last with cards: an answer, an edit, a deletion, an import.', [0, 1], {}, undo),
  },
};
