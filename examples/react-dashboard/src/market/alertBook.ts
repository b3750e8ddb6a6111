import type { Tick } from '@tautline-examples/shared';
import { applyPrice, readAlerts, rearm, type Alert } from './alerts';
import { createRemembered, type Remembered } from './remembered';

/** All alerts, newest first. */
export class AlertBook {
  /** Of each symbol those that have not fired: 10,000 ticks a second are looked up here. */
  #watching: ReadonlyMap<string, readonly Alert[]> = new Map();

  constructor(private readonly alerts: Remembered<readonly Alert[]>) {
    const index = () => (this.#watching = bySymbol(alerts.get().filter(({ state }) => state.name !== 'fired')));
    alerts.subscribe(index);
    index();
  }

  get = (): readonly Alert[] => this.alerts.get();
  subscribe = (listener: () => void): (() => void) => this.alerts.subscribe(listener);

  add(alert: Pick<Alert, 'symbol' | 'side' | 'limit'>): void {
    this.alerts.set([{ ...alert, id: crypto.randomUUID(), state: { name: 'armed' } }, ...this.get()]);
  }

  rearm(id: string): void {
    this.alerts.set(this.get().map((alert) => (alert.id === id ? rearm(alert) : alert)));
  }

  remove(id: string): void {
    this.alerts.set(this.get().filter((alert) => alert.id !== id));
  }

  /** Gives the tick to the alerts of its symbol. The answer is those that it fired. */
  receive({ symbol, price }: Pick<Tick, 'symbol' | 'price'>, now: number): readonly Alert[] {
    const changed = new Map<string, Alert>();
    for (const alert of this.#watching.get(symbol) ?? []) {
      const next = applyPrice(alert, price, now);
      if (next !== alert) changed.set(alert.id, next);
    }
    if (changed.size === 0) return [];
    this.alerts.set(this.get().map((alert) => changed.get(alert.id) ?? alert));
    return [...changed.values()].filter(({ state }) => state.name === 'fired');
  }
}

function bySymbol(alerts: readonly Alert[]): ReadonlyMap<string, readonly Alert[]> {
  const index = new Map<string, Alert[]>();
  for (const alert of alerts) index.set(alert.symbol, [...(index.get(alert.symbol) ?? []), alert]);
  return index;
}

export const createAlertBook = (): AlertBook => new AlertBook(createRemembered('tautline-alerts', readAlerts));
