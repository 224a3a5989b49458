import { facesOf } from './faces.ts';
import type { Card } from './model.ts';

/** A card as other programs see it. Fields may be added, never renamed. */
export interface CardJson {
  id: string;
  question: string;
  answer: string;
  project: string;
  tags: string[];
  notes: string;
  algorithm: string;
  /** ISO 8601, UTC. */
  due: string;
  /** Days. */
  interval: number;
  ease: number;
  reps: number;
  lapses: number;
  box: number;
  suspended: boolean;
  state: string;
  kind: string;
  note: string;
  ordinal: number;
  /** What this card asks and answers: another text than the note's for a cloze and for the way back. */
  front: string;
  back: string;
  stability: number;
  difficulty: number;
  lastReview: string | null;
  createdAt: string;
  modifiedAt: string;
  flag: number;
  source: { file: string; startLine: number; endLine: number; commit: string | null; language: string | null; code: string | null } | null;
}

export function toJson(card: Card): CardJson {
  const { schedule, source } = card;
  const { front, back } = facesOf(card);
  return {
    id: card.id,
    question: card.question,
    answer: card.answer,
    project: card.project,
    tags: [...card.tags],
    notes: card.notes,
    algorithm: schedule.algorithm,
    due: isoTime(schedule.due),
    interval: schedule.interval,
    ease: schedule.ease,
    reps: schedule.reps,
    lapses: schedule.lapses,
    box: schedule.box,
    suspended: card.suspended,
    state: schedule.state,
    kind: card.kind,
    note: card.note,
    ordinal: card.ordinal,
    front,
    back,
    stability: schedule.stability,
    difficulty: schedule.difficulty,
    lastReview: schedule.lastReview === undefined ? null : isoTime(schedule.lastReview),
    createdAt: isoTime(card.createdAt),
    modifiedAt: isoTime(card.modifiedAt),
    flag: card.flag,
    source: source ? { file: source.file, startLine: source.startLine, endLine: source.endLine, commit: source.commit ?? null, language: source.language ?? null, code: source.code ?? null } : null,
  };
}

/** Times from files can be beyond what a date can be. */
export function isoTime(at: number): string {
  const latest = 8_640_000_000_000_000;
  return new Date(Math.min(latest, Math.max(-latest, at))).toISOString();
}
