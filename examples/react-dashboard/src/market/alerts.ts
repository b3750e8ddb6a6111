import { findListing } from '@tautline-examples/shared';
import { formatPrice } from '@tautline-examples/shared/page';

export const SIDES = ['above', 'below'] as const;
export type Side = (typeof SIDES)[number];

/** Tells once when a price is at its limit or beyond. */
export interface Alert {
  readonly id: string;
  readonly symbol: string;
  readonly side: Side;
  readonly limit: number;
  readonly state:
    | { readonly name: 'armed' }
    /** Armed again while the price was still beyond the limit: it has to come back first. */
    | { readonly name: 'waiting' }
    | { readonly name: 'fired'; readonly at: number; readonly price: number };
}

/** What a price makes of an alert: the same object when it means nothing to it. */
export function applyPrice(alert: Alert, price: number, now: number): Alert {
  const isBeyond = alert.side === 'above' ? price >= alert.limit : price <= alert.limit;
  switch (alert.state.name) {
    case 'armed':
      return isBeyond ? { ...alert, state: { name: 'fired', at: now, price } } : alert;
    case 'waiting':
      return isBeyond ? alert : { ...alert, state: { name: 'armed' } };
    case 'fired':
      return alert;
  }
}

export const rearm = (alert: Alert): Alert => ({ ...alert, state: { name: 'waiting' } });

export const conditionOf = ({ side, limit }: Pick<Alert, 'side' | 'limit'>): string => `${side} ${formatPrice(limit)}`;

/** A limit as somebody typed it; `null` when no price can be meant. */
export function readLimit(text: string): number | null {
  const limit = Math.round(Number(text) * 100) / 100;
  return text.trim() !== '' && limit > 0 && limit < 1e6 ? limit : null;
}

/** The alerts in what was stored; whatever is none is left out. */
export function readAlerts(stored: unknown): readonly Alert[] {
  return Array.isArray(stored) ? stored.filter(isAlert) : [];
}

function isAlert(value: unknown): value is Alert {
  if (typeof value !== 'object' || value === null) return false;
  const { id, symbol, side, limit, state } = value as Record<keyof Alert, unknown>; // an object; its fields stay unknown
  return (
    typeof id === 'string' &&
    typeof symbol === 'string' &&
    findListing(symbol) !== undefined &&
    SIDES.some((known) => known === side) &&
    typeof limit === 'number' &&
    isState(state)
  );
}

function isState(value: unknown): value is Alert['state'] {
  if (typeof value !== 'object' || value === null) return false;
  const { name, at, price } = value as Record<string, unknown>; // an object; its fields stay unknown
  return (
    name === 'armed' || name === 'waiting' || (name === 'fired' && typeof at === 'number' && typeof price === 'number')
  );
}
