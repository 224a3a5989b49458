/** A shape for each decision and mark, so that none is told by its colour alone. */
import type { AuditDecision, AuditMark } from '../../src/protocol/audit.ts';
import { svg } from '../shared/dom.ts';

const round = 'M8 1.75a6.25 6.25 0 1 1 0 12.5a6.25 6.25 0 0 1 0-12.5';
const shapes: Readonly<Record<AuditDecision, string>> = {
  allowed: 'M3 8.5l3.2 3.2L13 5',
  denied: `${round}M3.8 3.8l8.4 8.4`,
  granted: `${round}M5 8.2l2.2 2.2L11 6.2`,
  refused: `${round}M5.5 5.5l5 5M10.5 5.5l-5 5`,
  open: `${round}M8 4.5V8l2.4 1.6`,
  unknown: 'M5.6 5.6a2.4 2.4 0 1 1 3.4 2.3c-.7.4-1 .8-1 1.6M8 12.2v.1',
};

export function decisionIcon(decision: AuditDecision): SVGElement {
  return icon(`icon ${decision}`, svg('path', { d: shapes[decision], fill: 'none', stroke: 'currentColor', 'stroke-width': '1.5', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' }));
}

/** Filled for a violation, hollow for a near-miss. */
export function markIcon(mark: AuditMark): SVGElement {
  const filled = mark === 'violation';
  return icon(
    `icon ${mark}`,
    svg('path', { d: 'M8 1.6L15 14H1z', fill: filled ? 'currentColor' : 'none', stroke: 'currentColor', 'stroke-width': '1.4', 'stroke-linejoin': 'round' }),
    svg('path', { d: 'M8 6v3.6M8 11.8v.1', class: filled ? 'on-fill' : '', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.6', 'stroke-linecap': 'round' }),
  );
}

function icon(className: string, ...children: SVGElement[]): SVGElement {
  return svg('svg', { class: className, viewBox: '0 0 16 16', width: '16', height: '16', 'aria-hidden': 'true' }, ...children);
}
