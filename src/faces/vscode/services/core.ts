/**
 * The core and its Node adapters, loaded when they are first used: together they are more than all
 * that activation may load. What is needed at every key stroke is imported from its own file instead.
 */
import type * as LazyCore from './core-lazy.ts';

export type Core = typeof LazyCore;

export const loadCore = (): Promise<Core> => import('./core-lazy.ts');
