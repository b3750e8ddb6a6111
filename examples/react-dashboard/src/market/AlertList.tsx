import { useSyncExternalStore } from 'react';
import { AlertItem } from './AlertItem';
import { alertBook } from './marketMemory';

/** Every alert: what it waits for, or when it fired. */
export function AlertList({ onSelect }: { readonly onSelect: (symbol: string) => void }) {
  const alerts = useSyncExternalStore(alertBook.subscribe, alertBook.get);
  return (
    <section className="card" aria-labelledby="alerts-title">
      <header>
        <h2 id="alerts-title">Alerts</h2>
      </header>
      {alerts.length === 0 ? (
        <p className="empty">None yet. Set one below the chart.</p>
      ) : (
        <ul className="alerts">
          {alerts.map((alert) => (
            <AlertItem key={alert.id} alert={alert} onSelect={onSelect} />
          ))}
        </ul>
      )}
    </section>
  );
}
